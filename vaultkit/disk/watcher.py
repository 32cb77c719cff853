"""A folder goes in, sets of paths where something may have changed come out, until `stop` is set.

Events are hints: the system drops them when too many come, merges them and splits them as it likes. What changed is
told by looking (`rescan.py`). None stands for "look at everything".
"""

from __future__ import annotations

import errno
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from vaultkit.disk.hearing import Heard, Hint, Later, Pace, gathered
from vaultkit.disk.listening import Ears, listening
from vaultkit.disk.mounts import shared_kind
from vaultkit.disk.standing import Place
from vaultkit.errors import VaultNotFoundError
from vaultkit.language import message

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Generator, Iterable, Iterator
    from pathlib import Path

    from vaultkit.disk.hearing import Meanwhile
    from vaultkit.disk.standing import Standing
    from vaultkit.model import Message

_SOON = 1.0
"""Seconds in which a new folder is watched as well, and a second look tells whether it is."""
_SHARED = 5.0
"""Seconds between two looks at a folder that other machines change: each takes its time over a network."""
_LIMITS = {
    errno.ENOSPC: "sudo sysctl fs.inotify.max_user_watches=524288",
    errno.EMFILE: "sudo sysctl fs.inotify.max_user_instances=1024",
}
"""What raises the limit that the system named."""


class Watch:
    """A folder whose changes are heard as far as the system tells of them, and looked for where it does not.

    `tell` is given what whoever waits for changes has to know: each thing once. With `poll` nothing is listened to, and
    everything is looked at every so many seconds.
    """

    def __init__(
        self,
        root: Path,
        *,
        stop: threading.Event,
        tell: Callable[[Message], object] = lambda _: None,
        poll: float | None = None,
        pace: Pace = Pace(),  # noqa: B008 -- it cannot be changed
    ) -> None:
        self._root = root
        self._stop = stop
        self._tell = tell
        self._listens = poll is None
        self._pace = pace
        self._walks = poll
        """How often everything is looked at because not all is heard; None while it is."""
        self._place = Place(root)
        self._heard = Heard()
        self._later = Later()
        self._told = 0.0
        """When anything was last told."""
        self._missing: frozenset[int] = frozenset()
        """The folders that were not watched when we last looked: new ones may be by now."""

    def hints(self, meanwhile: Meanwhile = lambda _: None) -> Generator[frozenset[str] | None]:
        """Yield the paths where something may have changed, once the quiet passed without more, or too long in all.

        The first is None, as soon as the folder is watched: what changed before that, nobody heard. So is one whenever
        nothing else came for long, and when the folder itself is back. `meanwhile` is told of a few paths while the
        quiet lasts, and may get ready; they come again, with whatever was heard since. Raises VaultNotFoundError when
        the folder is not there to begin with.
        """
        if not self._place.is_same():
            raise VaultNotFoundError(
                message("{folder} cannot be watched: it is not there", folder=str(self._root)),
            )
        while not self._stop.is_set():
            with self._listening() as ears:
                yield from self._while_it_stands(ears, meanwhile)
            self._wait()

    def again(self, seconds: float, paths: Iterable[str] | None = None) -> None:
        """Have these paths told once more after so many seconds, whatever happens; everything when they are None.

        Of no path at all comes an empty set: nothing need be looked at, but it may be worth another try.
        """
        self._later.add(seconds, (None,) if paths is None else (*paths,) or ("",))

    def stands(self) -> bool:
        """Whether the folder is there, and is the one that was last told of: nothing may be written into another."""
        return self._place.is_same() and self._place.standing() == "there"

    def _while_it_stands(self, ears: Ears, meanwhile: Meanwhile) -> Generator[frozenset[str] | None]:
        hints: frozenset[str] | None = None
        while not self._stop.is_set() and self.stands():
            self._told = time.monotonic()
            yield hints
            if hints is None:
                self._see_to_coverage(ears)
            first = self._first(ears)
            if first is None:
                return
            hints = gathered(self._heard, first, self._pace, meanwhile)

    def _first(self, ears: Ears) -> Hint | None:
        """The next hint, however long that takes; None when the watch is to end, or the folder to be watched anew."""
        while not self._stop.is_set() and self._place.is_same() and ears.hear():
            if time.monotonic() - self._told >= self._pace.every:
                return Hint(None, 0.0)
            for path in self._later.take():
                self._heard.put(path, 0.0)
            hint = self._heard.next(min(self._pace.glance, self._pace.every, self._later.wait()))
            if hint is not None:
                return hint
        return None

    def _see_to_coverage(self, ears: Ears) -> None:
        """After a look at everything: have another one follow where something may be missed."""
        if self._heard.was_unsure():
            self.again(self._pace.walk)
        if self._walks is None:
            missing, before = ears.missing(), self._missing
            self._missing = missing
            if missing & before:
                self._look_often(_partly(len(missing & before)))
            elif missing:
                self.again(_SOON)
        if self._walks is not None:
            self.again(self._walks)

    @contextmanager
    def _listening(self) -> Iterator[Ears]:
        """Listen to the folder, or say why not."""
        ears = Ears(self._root, frozenset(), frozenset())
        with ExitStack() as stack:
            if self._listens:
                try:
                    ears = stack.enter_context(listening(self._root, self._heard))
                except OSError as error:
                    if self._place.is_same():
                        self._look_often(_deaf(error))
                kind = shared_kind(self._root)
                if kind:
                    self._look_often(_shared(kind), _SHARED)
            yield ears

    def _look_often(self, why: Message, seconds: float = 0.0) -> None:
        if self._walks is None:
            self._walks = seconds or self._pace.walk
            self._tell(message("{why}: everything is looked at every {seconds} s", why=why, seconds=f"{self._walks:g}"))

    def _wait(self) -> None:
        """Wait until the folder is there and to be believed."""
        if self.stands():
            self._stop.wait(self._pace.walk)  # what listened has ended: not to be begun again and again without a pause
        lost: Standing = "there"
        while not self._stop.is_set():
            standing = self._place.standing()
            if standing == "there":
                self._place.take()
                break
            if standing != lost:
                lost = standing
                self._tell(_lost(standing, self._root))
            self._stop.wait(self._pace.glance)
        if lost != "there" and not self._stop.is_set():
            self._tell(message("{folder} is back", folder=str(self._root)))


def _lost(standing: Standing, root: Path) -> Message:
    if standing == "gone":
        return message("{folder} is gone: nothing is written until it is back", folder=str(root))
    return message(
        "{folder} holds no note any more, like a disk that is not mounted: nothing is written until notes are back",
        folder=str(root),
    )


def _partly(missing: int) -> Message:
    return message(
        "The system does not tell of changes in some folders ({count}), for want of watches (`{command}` allows more)",
        count=missing,
        command=_LIMITS[errno.ENOSPC],
    )


def _shared(kind: str) -> Message:
    return message(
        "The notes lie on {kind}, which need not tell what others change (`{option}` sets how often to look)",
        kind=kind,
        option="--poll",
    )


def _deaf(error: OSError) -> Message:
    said = message("The system does not tell of changes ({error})", error=error.strerror or str(error))
    if error.errno not in _LIMITS:
        return said
    return message("{what}; `{command}` allows more", what=said, command=_LIMITS[error.errno])
