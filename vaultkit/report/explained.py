"""A validator's module and a language go in; what it says of itself, in that language, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from vaultkit.language import catalogue
from vaultkit.validators.docs import split

if TYPE_CHECKING:
    from vaultkit.model import Severity
    from vaultkit.validators import Validator


class Option(NamedTuple):
    """One key of the validator's table in `vaultkit.toml`."""

    name: str
    default: object


class Explained(NamedTuple):
    """What a person asks of a validator."""

    name: str
    severity: Severity
    summary: str
    sections: dict[str, str]
    """Heading -> text, one line for each paragraph and list item."""
    options: tuple[Option, ...]


def explained(name: str, validator: Validator, language: str) -> Explained:
    """The words of a validator's docstring; its headings and paragraphs are texts of the catalogue."""
    words = catalogue(language)
    summary, sections = split(validator.__doc__ or "")
    return Explained(
        name,
        validator.SEVERITY,
        words.gettext(summary),
        {words.gettext(heading): words.gettext(text) if text else "" for heading, text in sections.items()},
        _options(validator),
    )


def _options(validator: Validator) -> tuple[Option, ...]:
    struct = getattr(validator, "Options", None)
    if struct is None:
        return ()
    return tuple(Option(field.encode_name, field.default) for field in msgspec.structs.fields(struct))
