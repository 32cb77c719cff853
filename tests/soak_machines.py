"""A model of a vault goes in; a sync client and a version control change much of it at once, now and then."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.soak_actor import Actor
from tests.soak_model import is_page
from tests.soak_saving import synced

if TYPE_CHECKING:
    from collections.abc import Callable

_CONFLICT = ".sync-conflict-20260101-120000-ABCDEF1"


@dataclass
class Sync(Actor):
    """What brings the changes of another device."""

    def habits(self) -> dict[Callable[[], int], float]:
        return {self.burst: 6, self.settle_conflicts: 3, self.copy_a_page: 0.1}

    def burst(self) -> int:
        """Many changes in a row, as after a while without a network."""
        acts = (self.update, self.update, self.update, self.add, self.remove, self.conflict)
        return sum(self.random.choice(acts)() for _ in range(self.random.randint(5, 40)))

    def update(self) -> int:
        """A note that was changed elsewhere."""
        path = self.model.draw(self.random)
        with self.model.claimed(path) as free:
            if not free or path not in self.model.files:
                return 0
            return self.save(path, self.edited(self.opened(path)), synced)

    def add(self) -> int:
        """A note that was made elsewhere."""
        path = self.new_path(self.folder())
        with self.model.claimed(path) as free:
            if not free or len(self.model.files) > self.size * 1.1:
                return 0
            return self.save(path, self.new_note(), synced)

    def remove(self) -> int:
        """A note that was deleted elsewhere."""
        path = self.model.draw(self.random)
        with self.model.claimed(path) as free:
            if not free or path not in self.model.files or len(self.model.files) < self.size * 0.9:
                return 0
            self.model.drop(path)
            (self.model.root / path).unlink()
            return self.did("delete")

    def conflict(self) -> int:
        """A note that was changed here and there: both are kept."""
        path = self.model.draw(self.random)
        copy = f"{path.removesuffix('.md')}{_CONFLICT}.md"
        with self.model.claimed(path, copy) as free:
            if not free or path not in self.model.files or _CONFLICT in path or is_page(self.model.files[path]):
                return 0
            self.noted("conflict copies")
            return self.save(copy, self.edited(self.opened(path)), synced)

    def settle_conflicts(self) -> int:
        """Someone has looked at some of the copies."""
        copies = [path for path in self.model.paths() if _CONFLICT in path]
        for path in copies[:10]:
            with self.model.claimed(path) as free:
                if free and path in self.model.files:
                    self.model.drop(path)
                    (self.model.root / path).unlink()
                    self.did("delete a conflict copy")
        return len(copies[:10])

    def copy_a_page(self) -> int:
        """Two devices have made the same page; it is gone again with the next burst or stays."""
        pages = sorted((self.model.root / "Dashboards").glob("*.md"))
        if not pages:
            return 0
        page = self.random.choice(pages)
        copy = page.with_name(f"{page.stem.partition('.')[0]}{_CONFLICT}.md")
        data = page.read_bytes() if page.is_file() else b""
        path = copy.relative_to(self.model.root).as_posix()
        with self.model.claimed(path) as free:
            if not free or not is_page(data):
                return 0
            synced(copy, data, self.random)
            return self.did("conflict copy of a page")


@dataclass
class Git(Actor):
    """What changes branches."""

    _branch: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    """What stood there before the other branch was checked out, and what it brought."""

    def habits(self) -> dict[Callable[[], int], float]:
        return {self.checkout: 1, self.back: 1}

    def checkout(self) -> int:
        """Another branch: up to 200 notes become others."""
        wanted = {
            self.model.draw(self.random) for _ in range(self.random.choice((5, 20, 60, min(200, self.size // 2))))
        }
        with ExitStack() as claims:
            paths = [path for path in sorted(wanted) if claims.enter_context(self.model.claimed(path))]
            there = [path for path in paths if path in self.model.files]
            brought = {path: self.edited(self.opened(path)) for path in there}
            for path, data in brought.items():
                self._branch[path] = (self._branch.get(path, (self.model.files[path], b""))[0], data)
                self._replace(path, data)
            self._churn()
            return self.did("check out", len(brought))

    def back(self) -> int:
        """The branch before: whatever nobody has touched meanwhile is as it was."""
        branch, self._branch = self._branch, {}
        with ExitStack() as claims:
            paths = [path for path in sorted(branch) if claims.enter_context(self.model.claimed(path))]
            changed = [path for path in paths if self.model.files.get(path) == branch[path][1]]
            for path in changed:
                self._replace(path, branch[path][0])
            self._churn()
            return self.did("check out the branch before", len(changed))

    def _replace(self, path: str, data: bytes) -> None:
        """As git does: away, and made anew."""
        place = self.model.root / path
        place.unlink()
        with place.open("xb") as file:
            file.write(data)
        self.model.put(path, data)

    def _churn(self) -> None:
        """What git does in its own folder meanwhile."""
        home = self.model.root / ".git"
        for number in range(20):
            folder = home / "objects" / f"{self.random.randrange(256):02x}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{number:038x}").write_bytes(b"object")
        lock = home / "index.lock"
        lock.write_bytes(b"index")
        lock.replace(home / "index")
        (home / "HEAD").write_text(f"ref: refs/heads/{self.random.randrange(9)}\n")
