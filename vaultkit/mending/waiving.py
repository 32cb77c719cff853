"""A note's text and what its owner will live with go in; the text with a waiver comes out, or why there can be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message
from vaultkit.parser import parse

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Message


def waived(path: str, text: str, validator: str, until: date, reason: str) -> str | Message:
    """The text with a waiver on its last line, or in the place of an earlier one of the same finding."""
    said = " ".join(reason.split())
    if not path.endswith(".md"):
        return message("only a note can hold a waiver")
    if not said or "%%" in said:
        return message("a reason is one sentence, without `%%`")
    mark = f"%% vaultkit:ignore {validator} until {until.isoformat()}: {said} %%"
    note = parse(path, text.encode())
    if note.generated is not None:
        return message("what stands there is written by vaultkit: the next build writes it")
    earlier = next((each.span for each in note.waivers if each.names == (validator,)), None)
    if earlier is not None:
        new = f"{text[: earlier.start]}{mark}{text[earlier.end :]}"
    else:
        newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
        new = f"{text}{newline if text and not text.endswith(newline) else ''}{newline if text else ''}{mark}{newline}"
    after = parse(path, new.encode())
    wanted = ((validator,), until.isoformat(), said)
    found = any((each.names, each.day, each.reason) == wanted for each in after.waivers)
    same = (after.properties, len(after.headings), len(after.tasks)) == (
        note.properties,
        len(note.headings),
        len(note.tasks),
    )
    return new if found and same else message("the end of the note is within code or a comment, where nothing waives")
