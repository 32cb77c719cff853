"""The questions of the week: a Vault goes in; each with its evidence, and a place for its answer, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import escape
from vaultkit.escape import Markdown
from vaultkit.insights.contact import mentioning
from vaultkit.insights.questions import catalogue
from vaultkit.language import message, plural
from vaultkit.model import Message, Page
from vaultkit.pages import asking, phrases
from vaultkit.pages.environment import page_text
from vaultkit.pages.linking import link
from vaultkit.pages.places import places
from vaultkit.regions import yours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.questions.sparring import Answered, Asked, Sparring
    from vaultkit.pages.difference import Question as Asking
    from vaultkit.pages.difference import Reads
    from vaultkit.vault import Vault

NAME = "sparring"
READS: tuple[Reads, ...] = ("work", "steps", "written", "ours")
ASKS: tuple[Asking, ...] = (mentioning,)
TOLD = catalogue.TOLD
SHOWN = 4
"""Steps of evidence that a question shows: who wants more follows them."""
LENGTH = 160
"""Characters of an earlier answer that are shown beside the question: all of it stands at the end of the page."""


class Row(Struct, frozen=True):
    """A question that is open."""

    said: Markdown
    evidence: tuple[Markdown, ...]
    more: Message | None
    before: Message | None
    part: Markdown


class Given(Struct, frozen=True):
    """A question that was answered."""

    said: Markdown
    standing: Message
    part: Markdown


def render(vault: Vault) -> Iterator[Page]:
    """The one page."""
    page = vault.ask(places)[NAME]
    found = vault.ask(asking.week)
    text = page_text(
        vault,
        NAME,
        page,
        "sparring.md.j2",
        verdict=_verdict(found),
        as_of=phrases.as_of(vault),
        asked=[_row(vault, each, page) for each in found.asked],
        open=[_row(vault, each, page) for each in found.open],
        answered=[_given(vault, each, page) for each in found.answered],
        later=_later(found.later),
    )
    yield Page(page, text, NAME)


def _verdict(found: Sparring) -> Message:
    if not found.asked and not found.open:
        return message("Nothing to ask this week")
    this = plural("{count} question this week", "{count} questions this week", len(found.asked))
    if not found.open:
        return this
    return plural(
        "{questions}, and {count} is still open from the last",
        "{questions}, and {count} are still open from the last",
        len(found.open),
        questions=this,
    )


def _later(count: int) -> Message | None:
    if not count:
        return None
    return plural("{count} more question can wait.", "{count} more questions can wait.", count)


def _row(vault: Vault, asked: Asked, page: str) -> Row:
    question = asked.question
    more = len(question.evidence) - SHOWN
    return Row(
        asking.said(vault, question, page),
        tuple(asking.evidence(vault, question, step, page) for step in question.evidence[:SHOWN]),
        plural("and {count} more", "and {count} more", more) if more > 0 else None,
        _before(asked),
        Markdown(yours(asked.key)),
    )


def _before(asked: Asked) -> Message | None:
    """What was answered when it rested on something else."""
    if asked.before is None:
        return None
    words = phrases.clipped(phrases.without_links(asked.before.text), LENGTH)
    return message("You answered then: {words}", words=words)


def _given(vault: Vault, answered: Answered, page: str) -> Given:
    question, answer = answered.question, answered.answer
    if question is None:
        path = f"{answer.where}.md"
        target = link(vault, path, page) if path in vault.notes else escape.text(answer.where)
        standing = message("asked in the week of {date}; nothing gives rise to it any more", date=str(answer.day))
        return Given(target, standing, Markdown(yours(answer.key)))
    standing = message("asked in the week of {date}", date=str(answer.day))
    if not answered.is_current:
        standing = message("asked in the week of {date}; what it rests on has changed", date=str(answer.day))
    return Given(asking.said(vault, question, page), standing, Markdown(yours(answer.key)))
