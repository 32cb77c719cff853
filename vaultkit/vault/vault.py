"""A vault at one instant: notes, other files, settings and today's date go in; kinds, values and edges are asked of it.

A Vault never changes. `step` makes the next one from it, and equals a vault built afresh from the same files: the
rebuild is the specification, the step only saves work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import msgspec

from vaultkit.text import fold
from vaultkit.vault.graph import Graph
from vaultkit.vault.linking import edges, looked_up, referrers
from vaultkit.vault.resolver import Resolver
from vaultkit.vault.values import choice_of, date_of, number_of, period_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from vaultkit.config import Config, Obsidian
    from vaultkit.model import Change, Note, Property, Task
    from vaultkit.vault.graph import Edge
    from vaultkit.vault.kinds import Field, Kind, Kinds, Recognition
    from vaultkit.vault.setting import Setting

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
        "files",
        "graph",
        "notes",
        "recognised",
        "resolver",
        "setting",
    )

    def __init__(
        self,
        read: Mapping[str, Note],
        files: frozenset[str],
        setting: Setting,
        *,
        resolver: Resolver,
        recognised: Mapping[str, Recognition],
        graph: Graph,
    ) -> None:
        notes, boards = _parted(read)
        self.notes = notes
        """Path -> note, in the order of the paths."""
        self.boards = boards
        """Path -> what was read of a canvas or a base, in the order of the paths."""
        self.files = files
        """Every other file that a link can lead to: attachments, and what is excluded from judgement."""
        self.setting = setting
        self.resolver = resolver
        self.recognised = recognised
        """Path -> its kind and the clue that told it, for the notes that are of a kind."""
        self.graph = graph
        self._answers: dict[object, object] = {}
        self._referrers: dict[str, frozenset[str]] | None = None
        self._of_kind: dict[str, tuple[Note, ...]] | None = None

    @classmethod
    def build(cls, notes: Iterable[Note], files: Iterable[str], setting: Setting) -> Vault:
        """The whole vault from what was read of it: the specification that `step` is held against."""
        read = {note.path: note for note in sorted(notes, key=lambda note: note.path)}
        others = frozenset(files)
        resolver = Resolver((*read, *others))
        noted, boards = _parted(read)
        recognised = {path: told for path, note in noted.items() if (told := setting.kinds.recognise(note))}
        graph = Graph(
            {path: edges(note, resolver, setting.kinds, recognised.get(path)) for path, note in noted.items()},
            {path: edges(board, resolver, setting.kinds, None) for path, board in boards.items()},
        )
        return cls(read, others, setting, resolver=resolver, recognised=recognised, graph=graph)

    def step(self, changes: Iterable[Change]) -> Vault:
        """The next vault: links are resolved again only in changed notes and where a name appeared or vanished."""
        last = {change.path: change for change in changes}
        read, files = self._files_after(last)
        before, after = self.paths, read.keys() | files
        added = [path for path in last if path in after and path not in before]
        removed = [path for path in last if path in before and path not in after]
        resolver = self.resolver.replaced(added, removed) if added or removed else self.resolver
        touched = {path for path in last if path in read} | (self._affected((*added, *removed)) & read.keys())
        notes, boards = _parted(read)
        recognised = self._recognised_after(notes, touched)

        def known(path: str, note: Note) -> tuple[Edge, ...]:
            if path in touched:
                return edges(note, resolver, self.kinds, recognised.get(path))
            return self.graph.of(path)

        graph = Graph(
            {path: known(path, note) for path, note in notes.items()},
            {path: known(path, board) for path, board in boards.items()},
        )
        new = Vault(read, files, self.setting, resolver=resolver, recognised=recognised, graph=graph)
        new._referrers = self._referrers_after(new, touched | set(removed))
        return new

    def at(self, today: date) -> Vault:
        """The same vault on another day."""
        new = Vault(
            {**self.notes, **self.boards},
            self.files,
            msgspec.structs.replace(self.setting, today=today),
            resolver=self.resolver,
            recognised=self.recognised,
            graph=self.graph,
        )
        new._referrers = self._referrers
        return new

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
            and (self.files, self.recognised, self.graph) == (other.files, other.recognised, other.graph)
            and self.setting == other.setting
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def paths(self) -> frozenset[str]:
        """Every file of the vault."""
        return frozenset((*self.notes, *self.boards, *self.files))

    def read(self, path: str) -> Note:
        """What was read of a note, a canvas or a base; raises KeyError for anything else."""
        return self.notes[path] if path in self.notes else self.boards[path]

    def ask(self, question: Callable[[Vault], AnswerT]) -> AnswerT:
        """The answer of `question(self)`, worked out once: how insights and findings are shared."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("AnswerT", self._answers[question])

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
        """Every property that is this field: an `avancement: 80 %` beside a `statut` takes nothing away from it.

        Inline fields come after the frontmatter's, and so answer only where it does not.
        """
        told = self.recognised.get(note.path)
        if told is None:
            return tuple(item for item in note.properties + note.fields if fold(item.name) == fold(field))
        found = ((item, self.kinds.field(told.kind, item.name)) for item in note.properties + note.fields)
        return tuple(item for item, known in found if known and known.name == field)

    def _affected(self, paths: Iterable[str]) -> set[str]:
        """The notes with a link that looks up the name of one of these files."""
        if self._referrers is None:
            self._referrers = referrers((*self.notes.values(), *self.boards.values()), self.resolver)
        names = {name for path in paths for name in self.resolver.names(path.rpartition("/")[2])}
        return {source for name in names for source in self._referrers.get(name, ())}

    def _files_after(self, last: Mapping[str, Change]) -> tuple[dict[str, Note], frozenset[str]]:
        """What is read and the other files once these changes are made."""
        old = {**self.notes, **self.boards}
        read = {path: note for path, note in old.items() if path not in last}
        read |= {path: change.note for path, change in last.items() if change.note and not change.removed}
        others = {path for path, change in last.items() if change.note is None and not change.removed}
        order = sorted(read) if last.keys() - old.keys() else [path for path in old if path in read]
        return {path: read[path] for path in order}, (self.files - last.keys()) | others

    def _recognised_after(self, notes: Mapping[str, Note], touched: set[str]) -> dict[str, Recognition]:
        told = {path: self.recognised.get(path) for path in notes if path not in touched}
        told |= {path: self.kinds.recognise(notes[path]) for path in touched if path in notes}
        return {path: found for path in notes if (found := told[path])}

    def _referrers_after(self, new: Vault, touched: set[str]) -> dict[str, frozenset[str]] | None:
        if self._referrers is None:
            return None
        names = dict(self._referrers)
        for path in touched & (self.notes.keys() | self.boards.keys()):
            for name in looked_up(self.read(path), self.resolver):
                names[name] = names.get(name, frozenset()) - {path}
        now = map(new.read, touched & (new.notes.keys() | new.boards.keys()))
        for name, sources in referrers(now, new.resolver).items():
            names[name] = names.get(name, frozenset()) | sources
        return names


def _parted(read: Mapping[str, Note]) -> tuple[dict[str, Note], dict[str, Note]]:
    """Notes, and what is no note though it links: canvases and bases."""
    boards = {path: note for path, note in read.items() if not path.endswith(".md")}
    return {path: note for path, note in read.items() if path not in boards}, boards
