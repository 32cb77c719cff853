"""Questions go in; a list for a person, or JSON's own types, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message, plural, say
from vaultkit.report.screen import clean, glued

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vaultkit.insights.questions.sparring import Asked
    from vaultkit.model import Evidence
    from vaultkit.report.screen import Screen
    from vaultkit.vault import Vault


def lines(asked: Sequence[Asked], later: int, screen: Screen) -> Iterator[str]:
    """Each question, what it is asked of, what it rests on, and what was answered before."""
    if not asked:
        yield say(message("There is nothing to ask."), screen.language)
    for place, each in enumerate(asked):
        if place:
            yield ""
        yield screen.fold(screen.paint(clean(say(each.question.said, screen.language)), "strong"), "  ")
        yield screen.paint(f"  {clean(each.question.target)}", "faint")
        for step in each.question.evidence:
            yield screen.fold(f"  - {_step(step, each.question.target, screen)}", "    ")
        if each.before is not None:
            then = message("You answered then: {words}", words=" ".join(each.before.text.split()))
            yield screen.fold(f"  {clean(say(then, screen.language))}", "    ")
    if later:
        more = plural("{count} more question can wait.", "{count} more questions can wait.", later)
        yield ""
        yield say(more, screen.language)


def row(vault: Vault, asked: Sequence[Asked], later: int, language: str) -> dict[str, object]:
    """The same for a program."""
    return {
        "today": vault.today.isoformat(),
        "questions": [
            {
                "name": each.question.name,
                "target": each.question.target,
                "said": say(each.question.said, language),
                "weight": each.question.weight,
                "evidence": [
                    {"said": say(step.message, language), "path": step.path, "line": step.line}
                    for step in each.question.evidence
                ],
                "key": each.key,
                "before": None if each.before is None else each.before.text,
            }
            for each in asked
        ],
        "later": later,
    }


def _step(step: Evidence, target: str, screen: Screen) -> str:
    """A step, and where it is written when that is another note."""
    words = clean(say(step.message, screen.language))
    if step.path == target:
        return words
    return f"{words}  {screen.paint(glued(clean(f'{step.path}:{step.line}')), 'faint')}"
