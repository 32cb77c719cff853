"""What to ask of decisions: a Vault and its findings go in; questions of options and of what came of them come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.insights.assumptions import supports
from vaultkit.insights.decisions import days_pending, since, state, waiting
from vaultkit.insights.questions.question import Question, of_finding
from vaultkit.insights.resurfacing import resurfaced
from vaultkit.insights.wording import called
from vaultkit.language import message, plural
from vaultkit.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultkit.insights.questions.question import Said
    from vaultkit.model import Message, Note
    from vaultkit.vault import Vault

RECENT = 90
"""Days for which it is worth asking who disagreed."""
_LONGEST = 80
"""Characters that are quoted of an option, or of what was expected."""


def other_options(vault: Vault, said: Said) -> Iterator[Question]:
    """What else was there, of a decision without options."""
    for finding in said.get("no-alternatives", ()):
        name = called(vault, finding.path)
        yield of_finding(
            "other-options", finding, message("What else did you consider before choosing {name}?", name=name)
        )


def one_way_door(vault: Vault, said: Said) -> Iterator[Question]:
    """What would speak against it, of what cannot be taken back."""
    for finding in said.get("one-way-thin", ()):
        words = message(
            "{name} is a one-way door. What would you need to see to say no?", name=called(vault, finding.path)
        )
        yield of_finding("one-way-door", finding, words, (vault.text(vault.notes[finding.path], "confidence"),))


def what_happened(vault: Vault, said: Said) -> Iterator[Question]:
    """What came of it, of a decision that was to be looked at again."""
    for finding in said.get("no-review-date", ()):
        if finding.reason == "overdue":
            note = vault.notes[finding.path]
            facts = (vault.text(note, "review"), vault.text(note, "expected"))
            yield of_finding("what-happened", finding, _expected(vault, note), facts)


def what_is_new(vault: Vault, said: Said) -> Iterator[Question]:
    """What is new, of what was rejected once and is proposed again."""
    told = {(finding.path, finding.message.values["old"]): finding for finding in said.get("resurfaced-rejection", ())}
    for path, found in vault.ask(resurfaced).items() if told else ():
        for again in found:
            finding = told.get((path, called(vault, again.old)))
            if finding is not None:
                words = _rejected(vault, again.old, _short(again.rejected.text))
                yield of_finding("what-is-new", finding, words, (again.rejected.text, again.option.text), again.old)


def cost_of_waiting(vault: Vault, said: Said) -> Iterator[Question]:
    """What waiting costs, of a decision that is open for too long."""
    for finding in said.get("pending-too-long", ()):
        note, paths = vault.notes[finding.path], waiting(vault, finding.path)
        words = _waiting(vault, note, len(paths))
        yield of_finding("cost-of-waiting", finding, words, (vault.text(note, "due"), *sorted(paths)))


def rests_on_what(vault: Vault, said: Said) -> Iterator[Question]:
    """Whether it goes on, of work that rests on what was found to be wrong."""
    for finding in said.get("falsified-assumption", ()):
        name = finding.message.values.get("assumption")
        statements = vault.ask(supports).get(finding.path, ()) if finding.reason == "falsified" else ()
        for each in statements:
            if called(vault, each.assumption) == name:
                words = message(
                    "{name} rests on {assumption}, which was found to be wrong. Go on, change or stop?",
                    name=called(vault, finding.path),
                    assumption=name,
                )
                yield of_finding("rests-on-what", finding, words, about=each.assumption)


def monday_morning(vault: Vault, said: Said) -> Iterator[Question]:
    """What was done otherwise, of a decision of which no work has come."""
    for finding in said.get("decision-without-action", ()):
        words = message(
            "{name} was decided on {date}: what was done otherwise on the Monday after?",
            name=called(vault, finding.path),
            date=str(since(vault, vault.notes[finding.path])),
        )
        yield of_finding("monday-morning", finding, words)


def who_disagreed(vault: Vault, _said: Said) -> Iterator[Question]:
    """Who disagreed, of a decision on which nobody was heard but those who took it."""
    for note in vault.of_kind("decision"):
        day = since(vault, note) if state(vault, note) == "accepted" else None
        if day is None or (vault.today - day).days > RECENT:
            continue
        deciders, consulted = (_people(vault, note, field) for field in ("decider", "consulted"))
        if consulted and deciders and consulted <= deciders:
            item, name = vault.property(note, "consulted"), called(vault, note.path)
            heard = message("nobody was consulted on {name} but those who decided", name=name)
            words = message("Who disagreed with {name}, and did you write down why?", name=name)
            step = Evidence(heard, note.path, item.span.line if item else 1)
            yield Question("who-disagreed", note.path, words, 1, (step,), tuple(sorted(consulted)))


def _people(vault: Vault, note: Note, field: str) -> frozenset[str]:
    return frozenset(edge.target or edge.link.target for edge in vault.relation(note, field))


def _expected(vault: Vault, note: Note) -> Message:
    name, expected, percent = called(vault, note.path), _short(vault.text(note, "expected")), _percent(vault, note)
    if expected and percent:
        return message(
            "Of {name} you expected “{words}”, with a confidence of {percent} %. What happened?",
            name=name,
            words=expected,
            percent=percent,
        )
    if expected:
        return message("Of {name} you expected “{words}”. What happened?", name=name, words=expected)
    date = str(vault.day(note, "review"))
    return message("You wanted to look at {name} again on {date}. What has come of it?", name=name, date=date)


def _percent(vault: Vault, note: Note) -> str:
    said = vault.number(note, "confidence")
    return "" if said is None else f"{said * 100 if 0 <= said <= 1 else said:g}"


def _rejected(vault: Vault, old: str, words: str) -> Message:
    day, name = vault.day(vault.notes[old], "date"), called(vault, old)
    if day is None:
        return message("{name} rejected “{words}”. What is new?", name=name, words=words)
    return message("{name} rejected “{words}” on {date}. What is new?", name=name, words=words, date=str(day))


def _waiting(vault: Vault, note: Note, count: int) -> Message:
    """How many wait, and since when, as far as anybody knows."""
    name, days, due = called(vault, note.path), days_pending(vault, note), vault.day(note, "due")
    since_when = (
        plural("for {count} day", "for {count} days", days)
        if days is not None
        else message("since {date}", date=str(due))
    )
    if not count:
        return message(
            "{name} has been waiting to be decided {since}. What is the cost of not deciding?",
            name=name,
            since=since_when,
        )
    return plural(
        "{count} piece of work waits for {name}, open {since}. What is the cost of not deciding?",
        "{count} pieces of work wait for {name}, open {since}. What is the cost of not deciding?",
        count,
        name=name,
        since=since_when,
    )


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1].rstrip()}…"
