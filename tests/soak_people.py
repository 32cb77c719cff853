"""A model of a vault goes in; a person works in it, in an editor: writes, moves, deletes, asks for regions, meddles."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from errno import ENOTEMPTY
from typing import TYPE_CHECKING

from tests.soak_actor import Actor
from tests.soak_model import OPENING, bodies, is_page
from tests.soak_saving import in_place
from tests.soak_vault import LISTED, SETTINGS, mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.soak_model import Body

_REGIONS = 20
"""About one note in so many keeps a region."""
_OFTEN = 30
"""How many notes a person looks at to find one with a region, and how often they try to remove a folder."""
_OTHER_SETTINGS = (
    SETTINGS.replace('"en"', '"fr"'),
    'exclude = ["Journal/"]\n' + SETTINGS,
    SETTINGS.replace("[[index]]", 'off = ["alignment"]\n\n[[index]]'),
    SETTINGS + '\n[[index]]\npath = "Index/Décisions"\nfolder = "Décisions"\nsort = "title"\n',
    SETTINGS + '\n[validators.orphan-priority]\nseverity = "error"\n',
    'language = "en"\n',
)
_HIDDEN = ('{"useMarkdownLinks": true}', '{"newLinkFormat": "absolute"}', "{}")


@dataclass
class Person(Actor):
    """One who has the vault open in an editor."""

    def habits(self) -> dict[Callable[[], int], float]:
        return {
            self.edit: 60,
            self.make: 7,
            self.remove: 6,
            self.rename: 6,
            self.move_folder: 1,
            self.remove_folder: 0.3,
            self.ask_for_region: 3,
            self.change_region: 3,
            self.let_region_go: 4,
            self.change_page: 1,
            self.remove_page: 1,
            self.move_page: 0.2,
            self.settle: 0.7,
            self.settle_obsidian: 0.3,
        }

    def edit(self) -> int:
        """Change a note, and save it."""
        path = self.model.draw(self.random)
        with self.model.claimed(path) as free:
            return self.save(path, self.edited(self.opened(path))) if free and path in self.model.files else 0

    def make(self) -> int:
        """Begin a note."""
        path = self.new_path(self.folder())
        with self.model.claimed(path) as free:
            if not free or len(self.model.files) > self.size * 1.1:
                return 0
            return self.save(path, self.new_note(), in_place)

    def remove(self) -> int:
        """Delete a note."""
        path = self.model.draw(self.random)
        with self.model.claimed(path) as free:
            if not free or path not in self.model.files or len(self.model.files) < self.size * 0.9:
                return 0
            self.model.drop(path)
            (self.model.root / path).unlink()
            return self.did("delete")

    def rename(self) -> int:
        """Give a note another name, another folder, or both."""
        old = self.model.draw(self.random)
        new = self.new_path(self.random.choice([old.rpartition("/")[0], self.folder()]))
        with self.model.claimed(old, new) as free:
            if not free or old not in self.model.files:
                return 0
            (self.model.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.model.root / old).rename(self.model.root / new)
            self.model.move(old, new)
            return self.did("rename a note")

    def move_folder(self) -> int:
        """Give a folder another place, or the one that it had."""
        old = self.folder()
        new = old.removeprefix("Archive/") if old.startswith("Archive/") else f"Archive/{old}"
        with self.model.claimed(old, new) as free:
            if not free or not old or old in {"Archive", "Index"} or (self.model.root / new).exists():
                return 0
            (self.model.root / new).parent.mkdir(parents=True, exist_ok=True)
            (self.model.root / old).rename(self.model.root / new)
            self.model.move(old, new)
            return self.did("move a folder")

    def remove_folder(self) -> int:
        """Delete a small folder with all that is in it."""
        folder = self.folder()
        with self.model.claimed(folder) as free:
            inside = [path for path in self.model.paths() if path.startswith(f"{folder}/")]
            if not free or not folder or len(inside) > 30 or len(self.model.files) < self.size * 0.9:
                return 0
            for path in inside:
                self.model.drop(path)
            for _ in range(_OFTEN):
                shutil.rmtree(self.model.root / folder, ignore_errors=True)  # a page may be written into it meanwhile
                if not (self.model.root / folder).exists():
                    break
            else:
                raise OSError(ENOTEMPTY, "it cannot be removed", folder)
            return self.did("delete with its folder", len(inside))

    def ask_for_region(self) -> int:
        """Type a mark, which the editor saves on the way."""
        path = self.model.draw(self.random)
        with self.model.claimed(path) as free:
            if not free or path not in self.model.files:
                return 0
            text = self.opened(path)
            if OPENING.search(text):
                return 0
            typed = f"\n{mark(self.random.choice(LISTED))}\n".encode()
            ends = [*sorted(self.random.sample(range(2, len(typed) - 1), k=2)), len(typed)]
            for end in ends:
                self.save(path, text + typed[:end], in_place)
                self.pace.stop.wait(self.random.uniform(0, 0.4))
            self.noted("regions asked for")
            return len(ends)

    def change_region(self) -> int:
        """Write into a body: from then on it is the person's."""
        return self._with_region(self._into, "regions changed by hand")

    def let_region_go(self) -> int:
        """Remove a body, or body and mark where there are enough of them."""
        return self._with_region(self._without, "regions let go")

    def _with_region(self, change: Callable[[bytes, Body], bytes], what: str) -> int:
        for _ in range(_OFTEN):
            path = self.model.draw(self.random)
            if not OPENING.search(self.model.files.get(path, b"")):
                continue
            with self.model.claimed(path) as free:
                text = self.opened(path) if free and path in self.model.files else b""
                found = bodies(text)
                if not found:
                    continue
                self.noted(what)
                return self.save(path, change(text, self.random.choice(found)))
        return 0

    def _into(self, text: bytes, body: Body) -> bytes:
        line = f"- [[{self.new_path('').removesuffix('.md')}]] by hand\n".encode()
        return text[: body.inner] + line + text[body.inner :]

    def _without(self, text: bytes, body: Body) -> bytes:
        wanted = self.random.random() < self.size / _REGIONS / max(1, self._regions())
        line = text.rfind(b"\n", 0, body.start) + 1
        return text[: body.start if wanted else line] + text[body.end :]

    def _regions(self) -> int:
        return sum(OPENING.search(data) is not None for data in list(self.model.files.values()))

    def change_page(self) -> int:
        """Write into a page of vaultkit's: from then on it is the person's."""
        path = self._page()
        with self.model.claimed(path) as free:
            place = self.model.root / path
            if not free or not place.is_file() or path in self.model.files or not is_page(data := place.read_bytes()):
                return 0
            self.noted("pages changed by hand")
            return self.save(path, data + f"\nAdded {self.sentence()}\n".encode())

    def remove_page(self) -> int:
        """Delete a page, whoever wrote it last: vaultkit makes it anew."""
        path = self._page()
        with self.model.claimed(path) as free:
            if not free:
                return 0
            self.model.drop(path)
            (self.model.root / path).unlink(missing_ok=True)
            return self.did("delete a page")

    def move_page(self) -> int:
        """Move a page that nobody has changed: vaultkit finds it where it is."""
        old = self._page()
        new = f"{self.folder()}/{old.rpartition('/')[2]}".removeprefix("/")
        with self.model.claimed(old, new) as free:
            place, target = self.model.root / old, self.model.root / new
            if not free or old in self.model.files or target.exists() or not place.exists():
                return 0
            place.rename(target)
            return self.did("move a page")

    def _page(self) -> str:
        """The path of a page that stands now, or of one that could."""
        places = [path for home in ("Dashboards", "Index") for path in (self.model.root / home).glob("*.md")]
        found = [path.relative_to(self.model.root).as_posix() for path in sorted(places)]
        return self.random.choice(found or ["Dashboards/Overview.md"])

    def settle(self) -> int:
        """Try other settings, half typed at times, or none at all, and come back to the usual ones."""
        with self.model.claimed("vaultkit.toml") as free:
            if not free:
                return 0
            tried = self.random.choice(_OTHER_SETTINGS)
            if self.random.random() < 0.3:
                self.save("vaultkit.toml", tried[: self.random.randrange(len(tried))].encode(), in_place)
                self.pace.stop.wait(self.random.uniform(0, 1))
            elif self.random.random() < 0.1:
                (self.model.root / "vaultkit.toml").unlink()
                self.pace.stop.wait(self.random.uniform(0, 1))
            self.save("vaultkit.toml", tried.encode(), in_place)
            self.pace.stop.wait(self.random.uniform(0, 3))
            if self.random.random() < 0.7:
                self.save("vaultkit.toml", SETTINGS.encode())
            self.noted("other settings")
            return 2

    def settle_obsidian(self) -> int:
        """Change a setting of the editor's own."""
        app = self.model.root / ".obsidian/app.json"
        in_place(app, self.random.choice(_HIDDEN).encode(), self.random)
        (app.parent / "workspace.json").write_text(f'{{"at": {self.random.random()}}}\n')
        return self.did("the editor's settings")
