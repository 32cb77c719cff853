"""A text and the edits to it go in, the new text comes out, or a ConflictError if it does not read as they expect."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from vaultkit.errors import ConflictError
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultkit.model import Edit


def spliced(text: str, edits: Iterable[Edit]) -> str | None:
    """`text` with each edit made in it, everything between them as it stands; None when an edit removes the file.

    An edit's line ends become those that most of the text has, unless it brings carriage returns of its own. Raises
    ConflictError when the text does not read as expected at some edit's place, and when two edits overlap.
    """
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.start + len(edit.expected or "")))
    for edit in ordered:
        _check(text, edit)
    for edit, following in pairwise(ordered):
        if following.start < edit.start + len(edit.expected or ""):
            raise ConflictError(message("two edits want to change the same text"), path=edit.path)
    if any(edit.text is None for edit in ordered):
        return None
    pieces: list[str] = []
    done = 0
    crlf = text.count("\r\n") * 2 > text.count("\n")
    for edit in ordered:
        new = edit.text or ""
        pieces += [text[done : edit.start], new.replace("\n", "\r\n") if crlf and "\r" not in new else new]
        done = edit.start + len(edit.expected or "")
    return "".join([*pieces, text[done:]])


def _check(text: str, edit: Edit) -> None:
    expected = edit.expected
    if expected is None:
        raise ConflictError(message("something stands there already"), path=edit.path)
    end = edit.start + len(expected)
    whole = edit.whole or edit.text is None
    if text[edit.start : end] != expected or (whole and len(text) != len(expected)):
        raise ConflictError(
            message("the text has changed since it was read"),
            path=edit.path,
            line=text.count("\n", 0, edit.start) + 1,
            hint=message("run the command again"),
        )
