"""The arguments and the environment go in, the language of this run comes out; no library is needed to tell."""

from __future__ import annotations

import gettext
import os
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LANGUAGES = ("en", "fr")
LOCALE = Path(__file__).resolve().parent.parent / "locale"
VARIABLE = "VAULTKIT_LANGUAGE"


def wanted_language(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What `--language` says, else VAULTKIT_LANGUAGE, else the locale; `--help` has to know before options are read."""
    environment = os.environ if environment is None else environment
    before_names = arguments[: arguments.index("--")] if "--" in arguments else arguments
    said = [word.partition("=")[2] for word in before_names if word.startswith("--language=")]
    said += [word for option, word in pairwise(before_names) if option == "--language"]
    known = [word for word in said if word in LANGUAGES]
    own = environment.get(VARIABLE, "")[:2].lower()
    return known[-1] if known else own if own in LANGUAGES else from_environment(environment)


def from_environment(environment: Mapping[str, str]) -> str:
    """The first language of LANGUAGE, LC_ALL, LC_MESSAGES or LANG that we speak; else English."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for wanted in environment.get(name, "").split(":"):
            if wanted[:2].lower() in LANGUAGES:
                return wanted[:2].lower()
        if environment.get(name) and name != "LANGUAGE":
            return "en"  # a locale we do not speak was asked for by name: the weaker variables do not count
    return "en"


def speak(language: str) -> None:
    """Have `gettext.gettext`, which click asks as well, answer from our catalogue in `language`."""
    os.environ["LANGUAGE"] = language  # the only way to tell it: it asks the environment at every call
    gettext.bindtextdomain("vaultkit", LOCALE)
    gettext.textdomain("vaultkit")
