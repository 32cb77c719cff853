"""What vaultkit wrote, as a note tells of it: a region in it, or that it is a page, and what people wrote in that."""

from __future__ import annotations

from msgspec import Struct

from vaultkit.span import Span


class Region(Struct, frozen=True, array_like=True):
    """What stands between `%% vaultkit:NAME options %%` and `%% /vaultkit HASH %%`: the part of a note that we fill."""

    name: str
    options: str
    """What follows the name on the opening mark, as written."""
    opening: Span
    """The opening mark, without its line end."""
    body: Span
    """From the start of the line after the opening mark to the start of the closing mark; empty when there is none."""
    closing: Span | None = None
    digest: str = ""
    """The hash that the closing mark carries."""
    actual: str = ""
    """The hash of the body as it stands (`regions.digest`)."""


class Yours(Struct, frozen=True, array_like=True):
    """What a person wrote in a part of a page that is left to them (`regions.yours`)."""

    name: str
    text: str


class Generated(Struct, frozen=True, array_like=True):
    """What a page says of itself: `generated: vaultkit`, `page: NAME`, and the hash on its last line."""

    page: str
    digest: str
    actual: str
    """The hash of what is vaultkit's own in it, as it stands."""
    yours: tuple[Yours, ...] = ()
