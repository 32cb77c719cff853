"""How serious a finding is, as a person reads it: a severity goes in, its word in the reader's language comes out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultkit.language import message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.model import Message, Severity
    from vaultkit.report.screen import Screen

WORDS: Mapping[Severity, Message] = MappingProxyType(
    {"error": message("error"), "warning": message("warning"), "info": message("info")}
)


def shown(severity: Severity, screen: Screen, width: int = 0) -> str:
    """The word in its colour, padded to `width`."""
    return screen.paint(f"{say(WORDS[severity], screen.language):<{width}}", severity)
