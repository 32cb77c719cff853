"""What no reader can go below: a folder comes in, the seconds that walking or reading its notes takes go out.

    python bench/floors.py walk|read|events|html FOLDER [MODULE ...]

`walk` lists and stats every note; `read` reads its bytes too; `events` and `html` run pulldown-cmark over them as well,
on one core, through pyromark. The modules named are imported beforehand; imports are not part of the seconds.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False  # typing takes milliseconds to import, and this measures them
if TYPE_CHECKING:
    from typing import Any


def walked(folder: str) -> list[str]:
    """The notes below a folder, each of them looked at."""
    notes, folders = [], [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                elif entry.name.endswith(".md"):
                    entry.stat(follow_symlinks=False)
                    notes.append(entry.path)
    return notes


def content(path: str) -> bytes:
    """The bytes of a file, by the fewest calls."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, os.fstat(file).st_size)
    finally:
        os.close(file)


def main(what: str, folder: str, *modules: str) -> None:
    """Do it, and print the seconds."""
    for module in modules:
        __import__(module)
    pyromark: Any = __import__("pyromark") if what in {"events", "html"} else None
    start = time.perf_counter()
    for path in walked(folder):
        if what == "walk":
            continue
        data = content(path)
        if what == "events":
            for _ in pyromark.events(data.decode(errors="replace"), merge_text=False):
                pass
        elif what == "html":
            pyromark.html(data.decode(errors="replace"))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
