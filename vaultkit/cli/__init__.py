"""The command line: arguments come in; text on two streams and an exit code go out.

This file and `environment.py` settle the language before click is imported, since click speaks it too. Nothing else may
be imported here: `vaultkit --help` loads click and the table of commands, and no more.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from vaultkit.cli.environment import speak, wanted_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def script() -> NoReturn:
    """`main` as a process of its own: it leaves at once, for all that it has made would be taken apart one by one."""
    _insist_on_interrupts()
    gc.disable()  # nor does a run live long enough for a ring of objects to matter
    code = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # whoever was reading has gone
            code = code or 1
    os._exit(code)


def _insist_on_interrupts() -> None:
    """Have Ctrl-C end the run wherever it strikes: Python drops what is raised while it tidies up, and only says so."""
    tell = sys.unraisablehook

    def told(dropped: sys.UnraisableHookArgs) -> None:
        if not isinstance(dropped.exc_value, KeyboardInterrupt):
            tell(dropped)
            return
        import _thread  # once more, in a moment, when that is over
        import signal
        import time

        here = _thread.get_ident()

        def again() -> None:
            time.sleep(0.01)
            if hasattr(signal, "pthread_kill"):
                signal.pthread_kill(here, signal.SIGINT)  # which ends a read that waits, too
            else:
                _thread.interrupt_main()

        _thread.start_new_thread(again, ())

    sys.unraisablehook = told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 is clean, 1 findings or pending edits, 2 could not run, 130 interrupted."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = wanted_language(given)
    speak(language)
    from vaultkit.cli.root import run  # after `speak`, for click looks its sentences up as it is used

    return run(given, language)
