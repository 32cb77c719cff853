"""What a question of the sparring partner reads like on a page: a Question goes in, its words come out as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.escape import Markdown
from vaultkit.insights.questions.sparring import sparring
from vaultkit.model import TOP, Evidence, Finding, Message
from vaultkit.pages import phrases
from vaultkit.pages.linking import link
from vaultkit.validators import standing

if TYPE_CHECKING:
    from vaultkit.insights.questions.question import Question
    from vaultkit.insights.questions.sparring import Sparring
    from vaultkit.vault import Vault

_NAME = "sparring"


def week(vault: Vault) -> Sparring:
    """The questions of this week."""
    return sparring(vault, standing(vault))


def said(vault: Vault, question: Question, page: str) -> Markdown:
    """The sentence, the notes that it names as links."""
    words = phrases.told(vault, _finding(question, question.target, question.said), page)
    return Markdown(words.removeprefix(f"{link(vault, question.target, page)} – "))


def evidence(vault: Vault, question: Question, step: Evidence, page: str) -> Markdown:
    """One thing that the question rests on."""
    return phrases.told(vault, _finding(question, step.path, step.message), page)


def _finding(question: Question, path: str, words: Message) -> Finding:
    """What `phrases.told` tells of: a sentence, and the notes that it may name."""
    named = [path for path in (question.target, question.about) if path.endswith(".md")]
    steps = (*question.evidence, *(Evidence(words, path) for path in named))
    return Finding(_NAME, "info", path, TOP, words, words, steps)
