"""A number of a save goes in, a note that says it from end to end comes out; and from bytes, which save they are."""

from __future__ import annotations

import re

from vaultkit.regions import closing, digest

ASIDE = re.compile(r".* \(vaultkit [^()]*\)\.md")
"""What vaultkit calls a text that it can neither put back nor drop."""
MARK = b'%% vaultkit:index folder="Projects" %%\n'
NO_REGION = b""
_LINES = 24
_NUMBER = re.compile(rb"\A# Save (\d+)\n")
_CLOSING = re.compile(rb"%% /vaultkit ([0-9a-f]{8}) %%\n")


def saved(number: int, region: bytes = NO_REGION) -> bytes:
    """A note as a person saves it, with what vaultkit has written into it so far."""
    above = "".join(f"Line {line} of save {number}.\n" for line in range(_LINES))
    return f"# Save {number}\n\n{above}\n".encode() + MARK + region + f"\nThe end of save {number}.\n".encode()


def number_of(data: bytes) -> int | None:
    """Which save these bytes are, outside the region; None when they are no whole one."""
    found = _NUMBER.match(data)
    if not found:
        return None
    number = int(found[1])
    region = region_of(data)
    return number if region is not None and data == saved(number, region) else None


def region_of(data: bytes) -> bytes | None:
    """Body and closing mark; empty before the first was written, None when the mark or a part of the body is gone."""
    _, mark, rest = data.partition(MARK)
    if not mark:
        return None
    found = _CLOSING.search(rest)
    if not found:
        return NO_REGION
    body = rest[: found.start()]
    return rest[: found.end()] if digest(body.decode("utf-8", "replace")).encode() == found[1] else None


def filled(data: bytes, said: str) -> bytes | None:
    """The same note with another body in its region; None when there is no region to be sure of."""
    region = region_of(data)
    if region is None:
        return None
    before, mark, rest = data.partition(MARK)
    body = f"\n{said}\n\n"
    return before + mark + f"{body}{closing(body)}\n".encode() + rest[len(region) :]
