"""Files with what is known of each go in, the notes that read otherwise come out: parsed here, or by many processes.

Which processes these are is the caller's: any `concurrent.futures.Executor` will do whose workers see the folder.
"""

from __future__ import annotations

import math
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

import msgspec
from msgspec.structs import force_setattr

from vaultkit.disk.reader import read_files, unreadable
from vaultkit.model import Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor

    from vaultkit.model import Value

    Chunk: TypeAlias = list[tuple[str, bytes | Note | None]]
    """Each path with its note, encoded where it can be; None where it reads as before."""

CHUNK = 256 * 1024
"""How many bytes of notes a process is given at a time: little enough for all to end at about the same time."""
WORTH = 1536 * 1024
"""From how many bytes on other processes are worth their start."""
GREATEST_CHUNK = 500
"""How many notes, however small, a process is given at a time."""

_DECODER = msgspec.msgpack.Decoder(Note)
_ENCODER = msgspec.msgpack.Encoder()
_RESTORED = {list, dict, float}


class Wanted(NamedTuple):
    """A file to be read: its path, its size, and the hash of its bytes if it was read before."""

    path: str
    size: int
    digest: str = ""


class Parsed(NamedTuple):
    """What a file reads as now."""

    path: str
    note: Note | None
    """None when its bytes are the same as before."""
    encoded: bytes = b""
    """The note as the cache keeps it; empty where nobody has encoded it yet."""


def parse_all(
    root: Path,
    files: Sequence[Wanted],
    executor: Executor | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Parsed]:
    """What each file reads as; one that is gone by now is left out. In chunks, each in the order of its files.

    Without an executor, this process does it, or processes of this machine where there is enough to do; `meanwhile` is
    done while they begin. What is left when workers die, or when none can be had, is done here.
    """
    if not files or (executor is None and sum(file.size for file in files) < WORTH):
        yield from _parsed(root, files)
        return
    from concurrent.futures import BrokenExecutor  # 10 ms, and most runs have little to read

    done = set()
    chunks = list(_chunks(files))
    with suppress(BrokenExecutor, OSError), _shared(root, chunks, executor) as found:
        if found is not None:
            meanwhile()
            for path, sent in chain.from_iterable(found):
                done.add(path)
                yield Parsed(path, decode(sent), sent) if isinstance(sent, bytes) else Parsed(path, sent)
            return
    yield from _parsed(root, [file for file in files if file.path not in done])


def encode(note: Note) -> bytes:
    """A note as the cache keeps it; empty for one that it cannot keep: with half a character, or 25 digits in a row."""
    try:
        return _ENCODER.encode(note)
    except (OverflowError, UnicodeEncodeError):
        return b""


def decode(data: bytes) -> Note:
    """A note that was kept; raises msgspec.DecodeError when it is none."""
    note = _DECODER.decode(data)
    for item in (*note.properties, *note.fields):
        if type(item.value) in _RESTORED:
            force_setattr(item, "value", _frozen(item.value))
    return note


def _frozen(value: Any) -> Value:
    """A value as the parser makes it: nobody else has seen it yet, so that this changes nothing for anyone."""
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    if isinstance(value, float) and math.isnan(value):
        return math.nan  # the parser's own: another one equals nothing, itself included
    return cast("Value", value)


@contextmanager
def _shared(root: Path, chunks: Sequence[list[Wanted]], executor: Executor | None) -> Iterator[Iterator[Chunk] | None]:
    """What others read of each chunk; None where there are none."""
    if executor is not None:
        yield executor.map(parse_chunk, [str(root)] * len(chunks), chunks)  # Dask wants to know how many there are
        return
    from vaultkit.disk.pool import pool

    with pool(partial(parse_chunk, str(root)), chunks) as found:
        yield found


def parse_chunk(root: str, files: Sequence[Wanted]) -> Chunk:
    """What a worker does: read files, and send each note back, encoded if it can be; None where it is the same."""
    found = _parsed(Path(root), files)
    return [(parsed.path, parsed.note and (encode(parsed.note) or parsed.note)) for parsed in found]


def _parsed(root: Path, files: Iterable[Wanted]) -> Iterator[Parsed]:
    from vaultkit.parser import digest, parse  # 50 ms of imports, and a vault that has not changed is not parsed

    known = {file.path: file.digest for file in files}
    for path, data in read_files(root, known):
        if isinstance(data, bytes):
            yield Parsed(path, None if known[path] and digest(data) == known[path] else parse(path, data))
        elif not isinstance(data, FileNotFoundError):
            yield Parsed(path, unreadable(path, data))


def _chunks(files: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    chunk: list[Wanted] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += file.size
        if size >= CHUNK or len(chunk) == GREATEST_CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
