"""The command line: arguments come in; text on two streams and an exit code go out.

This file and `environment.py` settle the language before click is imported, since click speaks it too. Nothing else may
be imported here: `vaultkit --help` loads click and the table of commands, and no more.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from vaultkit.cli.environment import speak, wanted_language

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is clean, 1 findings or pending edits, 2 could not run, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = wanted_language(given)
    speak(language)
    from vaultkit.cli.root import run  # after `speak`, for click looks its sentences up as it is used

    return run(given, language)
