"""What a number is made of: values to be shown term by term, whatever insight worked them out."""

from __future__ import annotations

from msgspec import Struct

from vaultkit.model import Message


class Term(Struct, frozen=True):
    """One part of a score, or one thing that it rests on."""

    key: str
    """Its name for a program; never translated."""
    name: Message
    value: float | None = None
    weight: float | None = None
    """What the value counts; with it, `points` is their product."""
    points: float | None = None
    said: Message | str = ""
    """The fact behind it."""


class Score(Struct, frozen=True):
    """One question about a note, and how it is answered."""

    key: str
    """Its name for a program; never translated."""
    name: Message
    terms: tuple[Term, ...] = ()
    total: float | None = None
    """The sum, or whatever the terms come to; None where there is no one number, or nobody knows it."""
    said: Message | None = None
    """What it means, in a sentence."""
