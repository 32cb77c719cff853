"""Which questions are asked this week: a Vault and its findings go in; those to ask, and the answers, come out.

    score = weight x (1 + log2(1 + notes that link to the target)) x novelty

The weight is 3 for an error, 2 for a warning, 1 for information; the notes that count are those of a kind, and the
links those that people wrote. Novelty is 1, and 1/2 for what was asked before, as far as the page still knows.

The highest scores are asked: `MOST` a week, `EACH` of one target, and the same question `SAME` times unless there are
no others to ask; they stay as they are until Monday. What was asked in the week before and has no answer stays open
below them, and is not asked anew within 14 days. What has an answer is silent, until what it rests on changes.

Worked: a warning about a priority to which 3 notes link scores 2 x (1 + 2) x 1 = 6; an error about one to which none
does, 3; asked before, 1.5.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import log2
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.insights.questions.answers import Answer, answers, key
from vaultkit.insights.questions.catalogue import QUESTIONS, questions
from vaultkit.insights.questions.centrality import centrality
from vaultkit.insights.questions.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vaultkit.model import Finding
    from vaultkit.vault import Vault

MOST, EACH, SAME = 7, 3, 2
SILENT = timedelta(days=14)
AGAIN = 0.5
_ORDER = {name: place for place, name in enumerate(QUESTIONS)}


class Asked(Struct, frozen=True):
    """A question on the page."""

    key: str
    question: Question
    before: Answer | None = None
    """What was answered when it rested on something else."""


class Answered(Struct, frozen=True):
    """An answer, and the question as it would read today; None when nothing gives rise to it any more."""

    answer: Answer
    question: Question | None
    is_current: bool
    """Whether what the question rests on is what it was."""


class Sparring(Struct, frozen=True):
    """The questions of a week."""

    week: date
    """Its Monday."""
    asked: tuple[Asked, ...]
    """Those of this week without an answer, the highest score first."""
    open: tuple[Asked, ...]
    """Those of the week before, likewise."""
    answered: tuple[Answered, ...]
    """Every answer that the page holds, the latest first."""
    later: int
    """How many more there are to ask."""


def sparring(vault: Vault, findings: Iterable[Finding]) -> Sparring:
    """What is to be asked this week."""
    everything, told = _by_score(vault, questions(vault, findings)), vault.ask(answers)
    week, days, given = week_of(vault.today), _days(told), _given(told)
    this = [each for each in everything if days.get(_known_by(each)) == week]
    recent = [each for each in everything if week - SILENT < days.get(_known_by(each), date.min) < week]
    rest = (q for q in everything if q not in this and q not in recent and _known_by(q) not in given)
    fresh = sorted(rest, key=lambda each: -score(vault, each, is_new=_known_by(each) not in days))
    chosen = _chosen(this, fresh)
    now = [each for each in everything if each in chosen and _known_by(each) not in given]
    return Sparring(
        week,
        tuple(_asked(each, week, told) for each in now),
        tuple(_asked(each, days[_known_by(each)], told) for each in recent if _known_by(each) not in given),
        _answered(told, everything),
        len(fresh) - (len(chosen) - len(this)),
    )


def about(vault: Vault, findings: Iterable[Finding], path: str) -> tuple[Asked, ...]:
    """What there is to ask of one note that has no answer yet, whatever the week: the highest score first."""
    told = vault.ask(answers)
    days, given, week = _days(told), _given(told), week_of(vault.today)
    found = _by_score(vault, (each for each in questions(vault, findings) if each.target == path))
    waiting = (each for each in found if _known_by(each) not in given)
    return tuple(_asked(each, days.get(_known_by(each), week), told) for each in waiting)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def score(vault: Vault, question: Question, *, is_new: bool = True) -> float:
    """How much a question is worth asking."""
    linked = vault.ask(centrality).get(question.target, 0)
    return question.weight * (1 + log2(1 + linked)) * (1.0 if is_new else AGAIN)


def _by_score(vault: Vault, found: Iterable[Question]) -> list[Question]:
    """The order of the page, for which it does not matter what was asked before: else asking would change it."""
    return sorted(found, key=lambda each: (-score(vault, each), *_place(each)))


def _days(told: Iterable[Answer]) -> dict[tuple[str, str], date]:
    """When each question was last asked."""
    found: dict[tuple[str, str], date] = {}
    for each in told:
        known = each.asked_of, each.rests_on
        found[known] = max(found.get(known, each.day), each.day)
    return found


def _given(told: Iterable[Answer]) -> frozenset[tuple[str, str]]:
    """The questions that have an answer."""
    return frozenset((each.asked_of, each.rests_on) for each in told if each.is_given)


def _chosen(this: Sequence[Question], fresh: Sequence[Question]) -> list[Question]:
    """The questions of this week, and as many more as there is room for: of many sorts, before more of the same."""
    chosen = list(this)
    targets, names = Counter(each.target for each in this), Counter(each.name for each in this)
    for most in (SAME, MOST):
        for each in fresh:
            is_full = len(chosen) >= MOST or targets[each.target] >= EACH or names[each.name] >= most
            if not is_full and each not in chosen:
                chosen.append(each)
                targets[each.target] += 1
                names[each.name] += 1
    return chosen


def _asked(question: Question, day: date, told: Sequence[Answer]) -> Asked:
    earlier = [each for each in told if each.asked_of == question.asked_of and each.rests_on != question.rests_on]
    given = [each for each in earlier if each.is_given]
    return Asked(key(question, day), question, max(given, key=lambda each: (each.day, each.key), default=None))


def _answered(told: Sequence[Answer], everything: Sequence[Question]) -> tuple[Answered, ...]:
    now = {question.asked_of: question for question in everything}
    found = []
    for each in told:
        question = now.get(each.asked_of)
        if each.is_given:
            found.append(Answered(each, question, question is not None and question.rests_on == each.rests_on))
    return tuple(sorted(found, key=lambda each: (-each.answer.day.toordinal(), each.answer.key)))


def _known_by(question: Question) -> tuple[str, str]:
    return question.asked_of, question.rests_on


def _place(question: Question) -> tuple[int, str, str]:
    return _ORDER[question.name], question.target, question.about
