"""The two languages: a Message and a language go in, a sentence comes out.

Catalogues are gettext's, built by Babel into `vaultkit/locale`. English is the language of the templates themselves, so
it needs no catalogue. Validator names, JSON keys and property names are never translated.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

from vaultkit.model import Message

LANGUAGES = ("en", "fr")
LOCALE = Path(__file__).parent / "locale"


def message(template: str, /, **values: str | int | Message) -> Message:
    """Say `template` later, in whatever language is asked for; Babel collects the template from the call."""
    return Message(template, values)


def plural(singular: str, plural: str, count: int, /, **values: str | int | Message) -> Message:
    """Say `singular` or `plural` according to `count`, which fills `{count}`."""
    return Message(singular, {**values, "count": count}, plural, count)


@lru_cache(maxsize=4)
def catalogue(language: str) -> gettext.NullTranslations:
    """The translations into `language`; English, and any language we do not have, translate nothing."""
    return gettext.translation("vaultkit", LOCALE, languages=[language], fallback=True)


def say(what: Message, language: str) -> str:
    """The sentence in `language`."""
    words = catalogue(language)
    template = words.ngettext(what.template, what.plural, what.count) if what.plural else words.gettext(what.template)
    values = {k: say(v, language) if isinstance(v, Message) else v for k, v in what.values.items()}
    return template.format(**values)
