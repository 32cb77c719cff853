"""`vaultkit explain VALIDATOR`: a validator's name comes in; what it flags, why and how to mend it go out."""

from __future__ import annotations

import sys
from gettext import gettext as _
from typing import TYPE_CHECKING

import click

from vaultkit.cli.lists import print_text
from vaultkit.cli.options import Asked, door
from vaultkit.cli.saying import echo
from vaultkit.config import suggestion
from vaultkit.errors import VaultkitError
from vaultkit.language import message, say
from vaultkit.report.explained import explained
from vaultkit.report.json import dump
from vaultkit.report.screen import cells, screen
from vaultkit.report.severity import WORDS, shown
from vaultkit.validators import VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from click.shell_completion import CompletionItem

    from vaultkit.model import Message
    from vaultkit.report.explained import Explained
    from vaultkit.report.screen import Screen


def _complete(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str | CompletionItem]:
    return [name for name in VALIDATORS if name.startswith(incomplete)]


@door("explain", _("Say what a validator looks for, why it matters and how to mend it; without a name, list them all."))
@click.argument("validator", required=False, metavar=_("[VALIDATOR]"), shell_complete=_complete)
@click.option("--all", "everything", is_flag=True, help=_("Explain every validator."))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "md")),
    default="text",
    show_default=True,
    help=_("How to say it."),
)
@click.pass_obj
def command(asked: Asked, validator: str | None, form: str, *, everything: bool) -> None:
    """Print one validator, or all of them."""
    if validator is not None and validator not in VALIDATORS:
        raise VaultkitError(message("there is no validator named {name}", name=validator), hint=_nearest(validator))
    names = [validator] if validator else list(VALIDATORS)
    chosen = [explained(name, VALIDATORS[name], asked.language) for name in names]
    view = screen(sys.stdout, asked.language)
    if form == "json":
        print_text(dump([_row(each) for each in chosen] if everything or not validator else _row(chosen[0])))
    elif form == "md":
        print_text("\n\n".join(_markdown(each, asked.language) for each in chosen))
    elif validator or everything:
        echo("\n\n\n".join("\n".join(_text(each, view)) for each in chosen).split("\n"))
    else:
        echo(_overview(chosen, view))


def _nearest(word: str) -> Message:
    """The validator whose name, or a part of it, is nearest."""
    from difflib import get_close_matches  # 14 ms, and only on the way to an error

    parts = {part: name for name in reversed(VALIDATORS) for part in (*name.split("-"), name)}
    near = get_close_matches(word, list(parts), n=1, cutoff=0.7)
    return message("did you mean {word}?", word=parts[near[0]]) if near else suggestion(word, VALIDATORS)


def _overview(validators: Sequence[Explained], view: Screen) -> Iterator[str]:
    width = max(len(each.name) for each in validators)
    for each in validators:
        name = view.paint(f"{each.name:<{width}}", "name")
        yield view.fold(f"{shown(each.severity, view, 7)}  {name}  {each.summary}", " " * (11 + width))
    yield ""
    yield say(message("Next: {command}", command=f"vaultkit explain {validators[0].name}"), view.language)


def _text(each: Explained, view: Screen) -> Iterator[str]:
    yield f"{view.paint(each.name, 'strong')}  {shown(each.severity, view)}"
    yield view.fold(each.summary)
    for heading, text in each.sections.items():
        yield ""
        yield view.paint(heading, "strong")
        for line in text.split("\n"):
            item = "- " if line.startswith("- ") else ""
            yield view.fold(f"  {line}", " " * (2 + cells(item))) if line else ""
    yield ""
    yield view.paint("vaultkit.toml", "strong")
    yield from (f"  {line}" for line in _table(each))


def _markdown(each: Explained, language: str) -> str:
    parts = [f"# {each.name}", f"*{say(WORDS[each.severity], language)}* · {each.summary}"]
    parts += [f"## {heading}\n\n{text}" for heading, text in each.sections.items()]
    return "\n\n".join([*parts, "```toml\n" + "\n".join(_table(each)) + "\n```"])


def _table(each: Explained) -> list[str]:
    """What stands in `vaultkit.toml` when nobody has changed it."""
    settings = [f"{option.name} = {dump(option.default)}" for option in each.options]
    return [f"[validators.{each.name}]", f'severity = "{each.severity}"', *settings]


def _row(each: Explained) -> dict[str, object]:
    return {
        "name": each.name,
        "severity": each.severity,
        "summary": each.summary,
        "sections": [{"heading": heading, "text": text} for heading, text in each.sections.items()],
        "options": {option.name: option.default for option in each.options},
    }
