"""Ctrl-C ends a run, wherever it strikes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE = 60
STRUCK = """
import sys
from vaultkit.cli import _insist_on_interrupts
_insist_on_interrupts()
class Tidied:
    def __del__(self):
        raise KeyboardInterrupt
try:
    Tidied()
    sys.stdin.readline()
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a read that waits cannot be ended")
def test_what_python_drops_while_it_tidies_up_ends_a_read_that_waits() -> None:
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    run = [sys.executable, "-c", STRUCK]
    with subprocess.Popen(run, stdin=subprocess.PIPE, env=here) as process:  # nothing is ever typed
        try:
            assert process.wait(PATIENCE) == 130
        finally:
            process.kill()
