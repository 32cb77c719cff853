"""One note's bytes come in, a Note comes out: exactly what Obsidian would find there, with exact places."""

from __future__ import annotations

from vaultkit.parser.note import digest, parse

__all__ = ["digest", "parse"]
