"""A size and names of nasty inputs come in; each is read within limits, and what became of it is told.

    python -m tests.nasty SIZE SECONDS MEBIBYTES NAME ...

Each input is announced on a line of its own before it is read, so that a death names it; a line of JSON follows. No
pytest in here: what runs under limits is vaultkit alone.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from typing import TYPE_CHECKING

from tests.nasty_frontmatter import FRONTMATTER
from tests.nasty_markdown import MARKDOWN
from vaultkit.parser import parse
from vaultkit.parser.note import LIMIT

if TYPE_CHECKING:
    from vaultkit.model import Note

INPUTS = {**MARKDOWN, **FRONTMATTER}
AFTER = "\n\n[[after]]\n"


def text_of(name: str, size: int) -> bytes:
    """The input of that name, and a link below it."""
    made = INPUTS[name].make(size)
    return (made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")) + AFTER.encode()


def main(size: int, seconds: int, mebibytes: int, names: list[str]) -> None:
    """Read each input; the seconds are each one's own, the memory is that of the process."""
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    parse("Note.md", b"---\na: |\n  b\n---\n")  # what it imports may take more of the stack than it ever does
    sys.setrecursionlimit(500)  # half of what there is: the caller has its own
    for name in names:
        data = text_of(name, size)
        tell(name)
        spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + seconds + 1, resource.RLIM_INFINITY))
        before = time.process_time()
        note = parse("Note.md", data)
        took = time.process_time() - before
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tell({**told(note, data), "seconds": took, "peak": peak})
        del note
        gc.collect()


def tell(what: object) -> None:
    """One line, there at once."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def told(note: Note, data: bytes) -> dict[str, object]:
    """What a test asks of a note."""
    text = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    return {
        "size": len(data),
        "after": any(link.target == "after" for link in note.links[-1:]),
        "whole": note.length <= LIMIT,
        "uncovered": uncovered(note, text[:LIMIT]),
        "problems": sorted(problem.kind for problem in note.problems)[:3],
        "said": [f"{p.span.line}:{p.span.column} {p.message.template}" for p in note.problems[:1]],
        "counts": [len(x) for x in (note.properties, note.links, note.tags, note.headings, note.tasks, note.blocks)],
    }


def uncovered(note: Note, text: str) -> str:
    """The first line that is neither blank nor in exactly one section."""
    sections = iter([*note.sections])
    section = next(sections, None)
    start = 0
    for line in text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        end = start + len(line.rstrip())
        while section is not None and section.span.end < end:
            section = next(sections, None)
        if line.strip() and (section is None or section.span.start > start):
            return f"{start}: {line[:40]}"
        start += len(line) + 1
    return ""


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
