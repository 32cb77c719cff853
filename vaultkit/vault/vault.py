"""A vault at one instant: notes, other files, settings and today's date go in; kinds, values and edges are asked of it.

A Vault never changes. `step` makes the next one from it, and equals a vault built afresh from the same files: the
rebuild is the specification, the step only saves work. What nobody asks for is never worked out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from vaultkit.lazy import Lazy, Sieve
from vaultkit.text import fold
from vaultkit.vault.fields import by_field
from vaultkit.vault.graph import Graph
from vaultkit.vault.referrers import Referrers
from vaultkit.vault.resolver import Resolver
from vaultkit.vault.stepping import Known, stepped
from vaultkit.vault.values import choice_of, date_of, number_of, period_of, text_of
from vaultkit.vault.worked import Worked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from vaultkit.config import Config, Obsidian
    from vaultkit.listed import Task
    from vaultkit.model import Change, Note, Property
    from vaultkit.vault.graph import Edge
    from vaultkit.vault.kinds import Field, Kind, Kinds, Recognition
    from vaultkit.vault.past import Recollection
    from vaultkit.vault.setting import Setting
    from vaultkit.vault.stepping import Step

AnswerT = TypeVar("AnswerT")

_STATUSES = {"x": "DONE", "X": "DONE", "-": "CANCELLED"}
_CLOSED = {"DONE", "CANCELLED", "NON_TASK"}


class Vault:
    """The notes of one folder at one instant, resolved and recognised."""

    __slots__ = (
        "_answers",
        "_of_kind",
        "_referrers",
        "boards",
        "everything",
        "files",
        "graph",
        "notes",
        "recognised",
        "resolver",
        "setting",
        "worked",
    )

    def __init__(
        self,
        read: Mapping[str, Note],
        files: frozenset[str],
        setting: Setting,
        *,
        resolver: Resolver,
        known: Known | None = None,
    ) -> None:
        """`read` in the order of the paths."""
        known = known or Known()
        self.everything = read
        """Notes, canvases and bases, in the order of the paths."""
        self.notes: Mapping[str, Note]
        """Path -> note, in the order of the paths."""
        self.boards: Mapping[str, Note]
        """Path -> what was read of a canvas or a base, in the order of the paths."""
        alone = known.last is not None and not known.moved and not known.last.boards
        self.notes, self.boards = (read, {}) if alone else _parted(read)
        self.files = files
        """Every other file that a link can lead to: attachments, and what is excluded from judgement."""
        self.setting = setting
        self.resolver = resolver
        self.worked = Worked(self, known)
        """What has been worked out of each note so far."""
        self.recognised: Mapping[str, Recognition] = Sieve(self.worked.told)
        """Path -> its kind and the clue that told it, for the notes that are of a kind."""
        self._referrers = known.referrers
        sources = known.referrers.sources if known.referrers else None
        self.graph = Graph(self.worked.outgoing, self.worked.aside, sources)
        if known.last:
            self.graph.take_over(known.last.graph, known.touched)
        self._answers: dict[Callable[[Vault], Any], Any] = {}
        self._of_kind: dict[str, tuple[Note, ...]] | None = None

    @classmethod
    def build(cls, notes: Iterable[Note], files: Iterable[str], setting: Setting) -> Vault:
        """The whole vault from what was read of it: the specification that `step` is held against."""
        return cls.over({note.path: note for note in sorted(notes, key=lambda note: note.path)}, files, setting)

    @classmethod
    def over(
        cls, read: Mapping[str, Note], files: Iterable[str], setting: Setting, known: Known | None = None
    ) -> Vault:
        """The same from a mapping in the order of its paths, which may be lazy."""
        others = frozenset(files)
        return cls(read, others, setting, resolver=Resolver((*read, *others)), known=known)

    def step(self, changes: Iterable[Change]) -> Vault:
        """The next vault: links are resolved again only in changed notes and where a name appeared or vanished."""
        return self.stepped(changes).after

    def stepped(self, changes: Iterable[Change]) -> Step:
        """The next vault, and what it has other than this one."""
        return stepped(self, changes)

    def at(self, today: date, recollection: Recollection | None = None) -> Vault:
        """The same vault on another day, or with more known of earlier ones."""
        known = {"recollection": recollection} if recollection else {}
        setting = msgspec.structs.replace(self.setting, today=today, **known)
        last = Known(referrers=self._referrers, last=self)
        return Vault(self.everything, self.files, setting, resolver=self.resolver, known=last)

    @property
    def referrers(self) -> Referrers:
        """Which notes may link to what."""
        if self._referrers is None:
            self._referrers = Referrers.of((*self.notes.values(), *self.boards.values()))
        return self._referrers

    @property
    def kinds(self) -> Kinds:
        """The catalogue of kinds."""
        return self.setting.kinds

    @property
    def config(self) -> Config:
        """The user's settings."""
        return self.setting.config

    @property
    def obsidian(self) -> Obsidian:
        """Obsidian's settings."""
        return self.setting.obsidian

    @property
    def language(self) -> str:
        """The language of the pages."""
        return self.setting.language

    @property
    def today(self) -> date:
        """The day on which the vault is judged."""
        return self.setting.today

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Vault):
            return NotImplemented
        return (
            list(self.notes.items()) == list(other.notes.items())
            and list(self.boards.items()) == list(other.boards.items())
            and list(self.recognised.items()) == list(other.recognised.items())
            and (self.files, self.graph) == (other.files, other.graph)
            and self.setting == other.setting
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def paths(self) -> frozenset[str]:
        """Every file of the vault."""
        return frozenset((*self.notes, *self.boards, *self.files))

    def has(self, path: str) -> bool:
        """Whether it is one of the vault's files."""
        return path in self.notes or path in self.boards or path in self.files

    def read(self, path: str) -> Note:
        """What was read of a note, a canvas or a base; raises KeyError for anything else."""
        return self.notes[path] if path in self.notes else self.boards[path]

    def ask(self, question: Callable[[Vault], AnswerT]) -> AnswerT:
        """The answer of `question(self)`, worked out once: how insights and findings are shared."""
        answers = self._answers
        answer: AnswerT = answers[question] if question in answers else answers.setdefault(question, question(self))
        return answer

    def gather(self, question: Callable[[Vault, Note], AnswerT]) -> Mapping[str, AnswerT]:
        """Path -> `question(self, note)`, for every note and board; kept from step to step where nothing changed.

        The question may look at the note, its kind and its edges, at the settings, and at nothing else.
        """
        known = self.worked.gathered.get(question)
        return self.worked.gather(question) if known is None else known

    def unfold(self) -> None:
        """Have all notes, kinds and edges made: whoever judges the whole vault asks for each of them many times."""
        self.notes, self.boards = dict(self.notes.items()), dict(self.boards.items())
        self.recognised = dict(self.recognised.items())
        self.graph.unfold()

    def expect(self, question: Callable[[Vault], AnswerT], answer: AnswerT) -> None:
        """Take an answer that is known to be that of `question(self)`."""
        self._answers[question] = answer

    def answered(self, question: Callable[[Vault], AnswerT]) -> AnswerT | None:
        """The answer of a question that has been asked; None when nobody has."""
        return self._answers.get(question)

    def lend(self, other: Vault, holds: Callable[[Callable[[Vault], Any]], bool]) -> None:
        """Hand another vault the answers that hold of it as well."""
        other._answers.update({question: answer for question, answer in self._answers.items() if holds(question)})

    def kind(self, note: Note) -> Kind | None:
        """The kind that a note was recognised as."""
        told = self.recognised.get(note.path)
        return self.kinds.all[told.kind] if told else None

    def is_kind(self, note: Note, *kinds: str) -> bool:
        """Whether a note is of one of these kinds."""
        told = self.recognised.get(note.path)
        return told is not None and told.kind in kinds

    def of_kind(self, *kinds: str) -> tuple[Note, ...]:
        """The notes of these kinds, by path."""
        if self._of_kind is None:
            found: dict[str, list[Note]] = {}
            self.recognised = dict(self.recognised.items())  # all is known now, and asked for ten thousand times
            for path, told in self.recognised.items():
                found.setdefault(told.kind, []).append(self.notes[path])
            self._of_kind = {kind: tuple(notes) for kind, notes in found.items()}
        notes = [note for kind in kinds for note in self._of_kind.get(kind, ())]
        return tuple(notes if len(kinds) == 1 else sorted(notes, key=lambda note: note.path))

    def field(self, note: Note, name: str) -> Field | None:
        """What the note's kind says of a field."""
        kind = self.kind(note)
        return kind.field(name) if kind else None

    def property(self, note: Note, field: str) -> Property | None:
        """The property of a note that is this field, by any name its kind accepts: the first that is filled in."""
        found = self._properties(note, field)
        return next((item for item in found if text_of(item.value)), found[0] if found else None)

    def text(self, note: Note, field: str) -> str:
        """A field's value as text; empty when there is none."""
        item = self.property(note, field)
        return text_of(item.value) if item else ""

    def day(self, note: Note, field: str) -> date | None:
        """A field's value as a day."""
        return next((day for item in self._properties(note, field) if (day := date_of(item.value))), None)

    def number(self, note: Note, field: str) -> float | None:
        """A field's value as a number."""
        numbers = (number_of(item.value) for item in self._properties(note, field))
        return next((number for number in numbers if number is not None), None)

    def period(self, note: Note, field: str = "period") -> tuple[date, date] | None:
        """A field's value as a first and a last day."""
        return next((span for item in self._properties(note, field) if (span := period_of(item.value))), None)

    def choice(self, note: Note, field: str) -> str | None:
        """The canonical word for a field's value; None when it is absent or not in the vocabulary."""
        known = self.field(note, field)
        words = known.vocabulary if known else {}
        return next((word for item in self._properties(note, field) if (word := choice_of(item.value, words))), None)

    def relation(self, note: Note, relation: str) -> tuple[Edge, ...]:
        """The human edges of a note that state this relation."""
        return tuple(e for e in self.graph.outgoing.get(note.path, ()) if e.relation == relation and e.human)

    def is_open(self, task: Task) -> bool:
        """Whether work remains: it is neither done nor cancelled, as the Tasks plugin's settings of the vault say."""
        return self.obsidian.task_types.get(task.status, _STATUSES.get(task.status, "TODO")) not in _CLOSED

    def title(self, note: Note) -> str:
        """What a reader sees: the `title` property, else the file name."""
        titles = (item for item in note.properties + note.fields if fold(item.name) in {"title", "titre"})
        return next((text_of(item.value) for item in titles if text_of(item.value)), note.name)

    def find(self, name: str) -> Note | None:
        """The note that `name` means: a path, or what a wikilink from the root would open."""
        path = name if name in self.notes else self.resolver.resolve(name.removeprefix("[[").removesuffix("]]"), "")
        return self.notes.get(path) if path else None

    def _properties(self, note: Note, field: str) -> tuple[Property, ...]:
        """Every property that is this field, those of the frontmatter first."""
        found = self.gather(by_field)[note.path]
        return found.get(field if note.path in self.recognised else fold(field), ())


def _parted(read: Mapping[str, Note]) -> tuple[Mapping[str, Note], Mapping[str, Note]]:
    """Notes, and what is no note though it links: canvases and bases."""
    boards = [path for path in read if not path.endswith(".md")]
    if not boards:
        return read, {}
    notes = [path for path in read if path.endswith(".md")]
    if isinstance(read, Lazy):
        return Lazy(notes, read.__getitem__), Lazy(boards, read.__getitem__)
    return {path: read[path] for path in notes}, {path: read[path] for path in boards}
