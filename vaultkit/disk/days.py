"""What the notes of a vault say today goes in, what they said on earlier days comes out, where no repository keeps it.

One file a vault, in the user's own state folder: a list of days, each with the notes that said something else than on
the day before. A day is written again until it is over. Nobody waits for it and nothing fails by it.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

import msgspec
from msgspec import Struct

from vaultkit.disk.places import find_state_folder, state_folder
from vaultkit.errors import WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from vaultkit.vault.past import Past

Said: TypeAlias = tuple[dict[str, str], int]
"""The same as `vaultkit.vault.past` has it, which nobody needs to tell whether anything has changed."""
DAYS = 400
"""How many days are kept: a year, and what it is compared with."""
_FILE = "days"


class Told(Struct, frozen=True, array_like=True):
    """What is new on a day."""

    said: dict[str, Said] = {}
    """Path -> what the note says, for each that said something else before."""
    moved: dict[str, str] = {}
    """Path -> where the note stood before that says just the same."""


class Day(Struct, frozen=True, array_like=True):
    """A day on which something was written down."""

    day: date
    data: bytes
    """What was, packed."""

    def told(self) -> Told:
        """The same unpacked; nothing of what cannot be read."""
        try:
            return msgspec.msgpack.decode(zlib.decompress(self.data), type=Told)
        except (zlib.error, msgspec.MsgspecError):
            return Told()


def read_days(root: Path) -> tuple[Day, ...]:
    """The days that are kept of a vault, the earliest first; none of a file that cannot be read."""
    try:
        data = (find_state_folder(root) / _FILE).read_bytes()
        return msgspec.msgpack.decode(data, type=tuple[Day, ...])
    except (OSError, msgspec.MsgspecError):
        return ()


def past_of(days: Iterable[Day], today: date) -> Past | None:
    """What the notes said before `today`; None when nothing was kept."""
    from vaultkit.vault.past import Version, past

    known = [day for day in days if day.day < today]
    found: dict[str, list[Version]] = {}
    for day in known:
        told = day.told()
        for path, before in told.moved.items():
            found[path] = found.pop(before, [])
        for path, said in told.said.items():
            found.setdefault(path, []).append(Version(day.day, *said))
    versions = ((path, version) for path, each in found.items() for version in each)
    return past("vaultkit", versions, known[0].day) if known else None


def keep_day(root: Path, today: date, said: Mapping[str, Said]) -> bool:
    """Write down what the notes say today, as far as they said something else before; whether anything was written."""
    days = read_days(root)
    before = [day for day in days if day.day < today]
    if days and not before and days[0].day > today:
        return False  # somebody has set the clock back: what was kept is worth more than this day
    known = _latest(before)
    told = Told({path: each for path, each in said.items() if known.get(path) != each}, _moved(known, said))
    new = _kept(before, today - timedelta(days=DAYS), said)
    if told != Told() or not new:
        new.append(_packed(today, told))
    if tuple(new) == days or not (days or said):
        return False
    from vaultkit.disk.whole import write_whole  # 13 ms, and most runs write nothing

    with suppress(WriteError, OSError):
        write_whole(state_folder(root) / _FILE, msgspec.msgpack.encode(new))
        return True
    return False


def _latest(days: Iterable[Day]) -> dict[str, Said]:
    """What each note said last."""
    found: dict[str, Said] = {}
    for day in days:
        told = day.told()
        for path, before in told.moved.items():
            if before in found:
                found[path] = found.pop(before)
        found |= told.said
    return found


def _moved(known: Mapping[str, Said], said: Mapping[str, Said]) -> dict[str, str]:
    """The notes that are new, and say to the character what one said that is gone, and no other."""
    gone = _by_content((path, known[path]) for path in known.keys() - said.keys())
    new = _by_content((path, said[path]) for path in said.keys() - known.keys())
    return {new[what]: gone[what] for what in sorted(new.keys() & gone.keys())}


def _by_content(notes: Iterable[tuple[str, Said]]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for path, (properties, size) in notes:
        if properties:
            found.setdefault(repr((sorted(properties.items()), size)), []).append(path)
    return {what: paths[0] for what, paths in found.items() if len(paths) == 1}


def _kept(days: list[Day], first: date, said: Mapping[str, Said]) -> list[Day]:
    """The days that are kept; what notes that there still are said before them becomes what they said on the first."""
    old = [day for day in days if day.day <= first]
    if not old or old == [day for day in days if day.day == first]:
        return days
    there = {path: each for path, each in _latest(old).items() if path in said}
    return [_packed(first, Told(there)), *[day for day in days if day.day > first]]


def _packed(day: date, told: Told) -> Day:
    sorted_ = Told(dict(sorted(told.said.items())), told.moved)
    return Day(day, zlib.compress(msgspec.msgpack.encode(sorted_), 6))
