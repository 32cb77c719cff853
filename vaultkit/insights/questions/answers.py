"""What was asked and what was answered, as the page keeps it: a Vault goes in; keys, days and answers come out.

Each question on the page has a part for its answer, whose name is its key: the question's name and target for a reader,
the Monday of the week in which it was asked, and the two digests by which it is known again (`question.py`).
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.escape import plain

if TYPE_CHECKING:
    from vaultkit.insights.questions.question import Question
    from vaultkit.model import Note
    from vaultkit.vault import Vault

PAGE = "sparring"
"""The page that asks."""
_KEY = re.compile(
    r"(?P<name>[\w-]+) · (?P<where>.*) · (?P<day>\d{4}-\d{2}-\d{2}) · (?P<of>[0-9a-f]{8})-(?P<on>[0-9a-f]{8})"
)
_LOUD = re.compile(r"[^\w\s./'’(),–-]")
"""What might mean something to whoever reads the mark: Obsidian, another plugin, vaultkit itself."""


class Answer(Struct, frozen=True):
    """A question that was asked, and what was answered; no text: nothing yet."""

    key: str
    name: str
    where: str
    """What it was asked of, as its key says."""
    day: date
    """The Monday of the week in which it was asked."""
    asked_of: str
    rests_on: str
    text: str

    @property
    def is_given(self) -> bool:
        """Whether somebody has written anything."""
        return bool(self.text.strip())


def key(question: Question, day: date) -> str:
    """The name of the part for the answer to a question: a mark of ours on one line holds it."""
    where = _LOUD.sub("_", plain(question.target.removesuffix(".md")))
    return f"{question.name} · {where} · {day} · {question.asked_of}-{question.rests_on}"


def answers(vault: Vault) -> tuple[Answer, ...]:
    """All that stands on the page, and on copies of it, in the order of the text."""
    found: dict[str, Answer] = {}
    for path, told in vault.gather(kept).items():
        for each in told if path in vault.notes else ():
            if each.key not in found or not found[each.key].is_given:
                found[each.key] = each
    return tuple(found.values())


def kept(_vault: Vault, note: Note) -> tuple[Answer, ...]:
    """What one page keeps; nothing of any other note."""
    if note.generated is None or note.generated.page != PAGE:
        return ()
    read = ((each, _KEY.fullmatch(each.name)) for each in note.generated.yours)
    return tuple(
        Answer(each.name, found["name"], found["where"], day, found["of"], found["on"], each.text)
        for each, found in read
        if found and (day := _day(found["day"])) is not None
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
