"""What stands between brackets comes in, the target, anchor and label of a link come out."""

from __future__ import annotations

import re
from typing import NamedTuple

WIKI = re.compile(r"\[\[(?!\[)((?>(?:[^\[\]\r\n]++|\[(?!\[)|\](?!\]))+))\]\]")
"""A wikilink. One bracket may stand in it (`[[Sq]uare]]`), two begin another: so no character is read twice."""

_PARENTHESES = r"\((?>(?:[^\s()\\]++|\\\S|\((?>(?:[^\s()\\]++|\\\S)*)\))*)\)"
DESTINATION = re.compile(
    r"\([ \t\r\n]*+"
    rf"(?:<((?>(?:[^<>\r\n\\]++|\\.)*))>|((?:[^\s()<\\]|\\\S)(?>(?:[^\s()\\]++|\\\S|{_PARENTHESES})*))?)"
    r"(?:[ \t\r\n]++(?:\"(?>(?:[^\"\\]++|\\.)*)\"|'(?>(?:[^'\\]++|\\.)*)'|\((?>(?:[^()\\]++|\\.)*)\)))?"
    r"[ \t\r\n]*+\)",
    re.DOTALL,
)
"""What follows the `]` of a Markdown link: `(target "title")` or `(<target> "title")`."""

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_RESERVED = b"#$&+,/:;=?@"
"""What JavaScript's decodeURI, which Obsidian calls, leaves encoded."""


class Target(NamedTuple):
    """Where a link leads and how it is shown."""

    target: str
    anchor: str
    label: str | None


def wiki(inside: str) -> Target:
    r"""Read what stands between `[[` and `]]`: the first `|` (`\|` in a table) begins the label, `#` the anchor."""
    if "\\|" in inside:
        inside = inside.replace("\\|", "|")
    label = None
    pipe = inside.find("|")
    if pipe > 0:  # Obsidian takes `[[|x]]` for a link to a note of the name `|x`
        inside, label = inside[:pipe], inside[pipe + 1 :]
    target, _, anchor = inside.partition("#")
    return Target(target.strip(), anchor.strip(), label)


def markdown(label: str, destination: str) -> Target | None:
    """Read the label and the destination of a Markdown link; None unless it leads into the vault."""
    if not destination or (":" in destination and not destination.startswith(("./", "../"))):
        return None
    if "\\" in destination:
        destination = _ESCAPED.sub(r"\1", destination)
    target, _, anchor = decode_uri(destination).partition("#")
    return Target(target.strip(), anchor.strip(), label)


def decode_uri(text: str) -> str:
    """`%20` and the like as characters; unchanged when anything in it is no proper UTF-8."""
    if "%" not in text or _STRAY_PERCENT.search(text):
        return text
    try:
        return _PERCENT.sub(_decoded, text)
    except UnicodeDecodeError:
        return text


def _decoded(escapes: re.Match[str]) -> str:
    read = bytes.fromhex(escapes[0].replace("%", ""))
    kept = b"".join(b"%%%02X" % byte if byte in _RESERVED else bytes((byte,)) for byte in read)
    return kept.decode()
