"""What one run leaves to the next: a listing, notes and judgements go in, and come out again while they hold.

Each is kept in `disk.Cache` under a key of its own. What is not there, or cannot be made sense of, is worked out again.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_origin

import msgspec
from msgspec import Struct

from vaultkit.disk.listing import Listing
from vaultkit.disk.parsing import decode, encode
from vaultkit.lazy import Fetched
from vaultkit.model import Finding, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from vaultkit.disk.cache import Cache
    from vaultkit.disk.gitlog import Told
    from vaultkit.vault import Vault
    from vaultkit.vault.kinds import Kind
    from vaultkit.vault.referrers import Referrers
    from vaultkit.vault.stepping import Known

ValueT = TypeVar("ValueT")

_NOTE = "note "
_FEW = 200
"""How many notes may have changed before what was worked out of all of them is kept anew."""
TOLD = "told"
_SHELVES = 64
"""Among how many entries the names that links look up are shared out, so that one question reads few of them."""
_MANY = 64
"""Whoever has asked for so many notes will ask for more: then all are fetched at once."""


class Judgement(Struct, frozen=True):
    """What was said of a vault that has not changed since."""

    fingerprint: str
    """Of the settings, the day and whatever else it depends on."""
    findings: tuple[Finding, ...]
    notes: int
    """Vaultkit's own pages left out."""
    recognises: bool
    """Whether any note is an objective, a priority or a project."""


_KEPT = (
    TOLD,
    "vaultkit.insights.action.pointing",
    "vaultkit.insights.assignments.assignments",
    "vaultkit.insights.clues.conflict",
    "vaultkit.insights.contact.mentioning",
    "vaultkit.insights.links.wanting",
    "vaultkit.insights.names.borne",
    "vaultkit.insights.property_types.written",
    "vaultkit.insights.series.said",
    "vaultkit.insights.status.said",
    "vaultkit.insights.underway.plans",
    "vaultkit.insights.unquoted.sought",
    "vaultkit.insights.updates.said_in",
    "vaultkit.insights.wording.written",
    "vaultkit.validators.data.ignored_property.doubtful",
)
"""What is asked of each note and takes longer to ask than to read: the key of the question."""


def _answer(key: str) -> Any:
    """What is answered to one of these; texts, where nothing else is said."""
    from vaultkit.insights import assignments, clues, series, status, underway, updates
    from vaultkit.vault.kinds import Recognition

    return {
        TOLD: Recognition,
        "vaultkit.insights.assignments.assignments": tuple[assignments.Assignment, ...],
        "vaultkit.insights.clues.conflict": clues.Conflict,
        "vaultkit.insights.property_types.written": tuple[tuple[str, str], ...],
        "vaultkit.insights.series.said": series.Said,
        "vaultkit.insights.status.said": status.Said,
        "vaultkit.insights.underway.plans": underway.Plan,
        "vaultkit.insights.updates.said_in": tuple[updates.Update, ...],
        "vaultkit.insights.wording.written": tuple[tuple[tuple[str, bool], str], ...],
    }.get(key, tuple[str, ...])


class _Worked(Struct, frozen=True):
    """Of what, and under which settings, the answers hold that are kept beside it."""

    fingerprint: str
    but: tuple[str, ...] = ()
    """The notes that have changed since."""


class _Answers(Struct, Generic[ValueT], frozen=True):
    """What was answered to one question that is asked of each note."""

    found: dict[str, ValueT | None]
    whole: bool
    """Whether all were asked: then what is not found has nothing to say."""


class Memory:
    """What is known of one vault from earlier runs, and what this one leaves."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._asked = 0
        self._fetched: dict[str, bytes] = {}

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept."""
        return self._cache.is_open

    def listing(self) -> Listing | None:
        """What stood in the folder, when the notes were read that are kept."""
        return self._decoded("listing", Listing)

    def note(self, path: str) -> Note | None:
        """A note as it read then."""
        data = self._fetched.pop(path, None) or self._fetch(path)
        try:
            return decode(data) if data else None
        except msgspec.MsgspecError:
            return None

    def judgement(self, fingerprint: str) -> Judgement | None:
        """What was said then, if it was asked the same."""
        found = self._decoded("judgement", Judgement)
        return found if found and found.fingerprint == fingerprint else None

    def kinds(self, fingerprint: str) -> dict[str, Kind] | None:
        """The kinds that were read from the same settings."""
        from vaultkit.vault.kind_templates import Kind

        kinds: dict[str, Kind] | None = self._under(fingerprint, "kinds", dict[str, Kind])
        return kinds

    def known(self, fingerprint: str, read: Mapping[str, Note]) -> Known:
        """What was worked out of the notes as they read then, under the same settings; none of it is read yet."""
        from vaultkit.vault.stepping import Known
        from vaultkit.vault.worked import Recalled

        referrers = self._referrers(read)
        worked = self._decoded("worked", _Worked)
        if worked is None or worked.fingerprint != fingerprint:
            return Known(referrers=referrers)
        readers = {key: self._reader(key) for key in _KEPT}
        return Known(Recalled(readers, frozenset(worked.but)), referrers)

    def told(self) -> Told | None:
        """What git told of the notes, and under which mark."""
        from vaultkit.disk.gitlog import Told

        return self._decoded("history", Told)

    def keep_told(self, told: Told) -> None:
        """Keep it for the next run."""
        self._keep("history", told)

    def keep_kinds(self, fingerprint: str, kinds: Mapping[str, Kind]) -> None:
        """Keep them for the next run."""
        self._keep("kinds", (fingerprint, dict(kinds)))

    def keep_note(self, note: Note, encoded: bytes = b"") -> None:
        """Keep what a note reads as; `encoded` where that has been done already."""
        encoded = encoded or (encode(note) if self.is_open else b"")
        if encoded:
            self._cache.put(_NOTE + note.path, encoded)
        else:
            self._cache.drop(_NOTE + note.path)

    def drop_note(self, path: str) -> None:
        """Forget a note that is gone."""
        self._cache.drop(_NOTE + path)

    def keep_listing(self, listing: Listing) -> None:
        """Keep what stands in the folder; whatever else is kept must be true of just that."""
        self._keep("listing", listing)

    def keep_judgement(self, judgement: Judgement | None) -> None:
        """Keep what was said; nothing, when nobody has asked."""
        if judgement is None:
            self._cache.drop("judgement")
        else:
            self._keep("judgement", judgement)

    def keep_worked(self, fingerprint: str, vault: Vault) -> None:
        """Keep what was worked out of every note; after a small step, only for which notes it no longer holds."""
        from vaultkit.vault.worked import key_of

        worked = vault.worked
        if worked.recalled.read and len(worked.recalled.but) < _FEW:
            self._keep("worked", _Worked(fingerprint, tuple(sorted(worked.recalled.but))))
            return
        found = {TOLD: worked.told, **{key_of(question): each for question, each in worked.gathered.items()}}
        for key in _KEPT:
            made, whole = found[key].so_far() if key in found else ({}, False)
            if made:
                self._keep(key, _Answers({path: each for path, each in made.items() if each or not whole}, whole))
            else:
                self._cache.drop(key)
        self._keep("worked", _Worked(fingerprint))

    def keep_referrers(self, referrers: Referrers, *, whole: bool) -> None:
        """Keep which names are looked up where: all of them, or those that have changed."""
        shelves: dict[int, dict[str, list[str]]] = {number: {} for number in range(_SHELVES)} if whole else {}
        for name, sources in referrers.known.items():
            number = zlib.crc32(name.encode("utf-8", "surrogatepass")) % _SHELVES
            if number not in shelves:
                known = self._shelf(number)
                if known is None:
                    continue  # a part of it would be taken for all of it
                shelves[number] = known
            if sources:
                shelves[number][name] = sorted(sources)
            else:
                shelves[number].pop(name, None)
        for number, shelf in shelves.items():
            self._keep(f"names {number}", shelf)

    def close(self) -> None:
        """Let go; what was kept is there for the next run."""
        self._cache.commit()
        self._cache.close()

    def _referrers(self, read: Mapping[str, Note]) -> Referrers:
        """Asked name by name; should any of it be lost, the notes themselves tell."""
        from vaultkit.vault.referrers import Referrers, by_name

        shelves: dict[int, Mapping[str, Iterable[str]]] = {}
        whole: list[Mapping[str, Iterable[str]]] = []

        def earlier(name: str) -> Iterable[str]:
            number = zlib.crc32(name.encode("utf-8", "surrogatepass")) % _SHELVES
            if number not in shelves and not whole:
                found = self._shelf(number)
                if found is None:
                    whole.append(by_name(read.values()))
                else:
                    shelves[number] = found
            return (whole[0] if whole else shelves[number]).get(name, ())

        return Referrers({}, earlier)

    def _under(self, fingerprint: str, key: str, type_: Any) -> Any:
        """What was kept of the same settings."""
        found = self._decoded(key, tuple[str, type_])
        return found[1] if found and found[0] == fingerprint else None

    def _reader(self, key: str) -> Callable[[], Fetched[Any]]:
        """What reads the answers to one question."""

        def answers() -> Fetched[Any]:
            type_: Any = _answer(key)
            kept = self._decoded(key, _Answers[type_])
            if kept is None or not kept.whole:
                return Fetched(kept.found if kept else {})
            return Fetched(kept.found, () if get_origin(type_) is tuple else None)

        return answers

    def _shelf(self, number: int) -> dict[str, list[str]] | None:
        return self._decoded(f"names {number}", dict[str, list[str]])

    def _keep(self, key: str, value: object) -> None:
        try:
            self._cache.put(key, msgspec.msgpack.encode(value))
        except (OverflowError, UnicodeEncodeError):  # half a character, in a name that a link looks up
            self._cache.drop(key)

    def _fetch(self, path: str) -> bytes | None:
        self._asked += 1
        if self._asked == _MANY:
            self._fetched = dict(self._cache.all(_NOTE))
            return self._fetched.pop(path, None)
        return self._cache.get(_NOTE + path)

    def _decoded(self, key: str, type_: type[ValueT]) -> ValueT | None:
        data = self._cache.get(key)
        try:
            return msgspec.msgpack.decode(data, type=type_) if data else None
        except msgspec.MsgspecError:
            return None
