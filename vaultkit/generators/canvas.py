"""The alignment map as a canvas: a Vault goes in; a frame for each vision, in it groups by objective, come out.

What is for something stands to the right of it, or in its frame. Groups fill columns of about one height from above, so
that a note more moves what stands below it there and little else. The canvas bears no date: it changes when the work
does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit import boards, escape
from vaultkit.insights.alignment import standings
from vaultkit.insights.lineage import LEVELS, lineage
from vaultkit.insights.ratios import SETTLED, unserved
from vaultkit.language import message, plural, say
from vaultkit.model import Page
from vaultkit.pages import phrases
from vaultkit.pages.environment import sentence
from vaultkit.pages.layout import regions
from vaultkit.pages.linking import link, shown_name
from vaultkit.pages.places import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vaultkit.model import Message
    from vaultkit.pages.difference import Reads
    from vaultkit.pages.layout import Group, Region
    from vaultkit.vault import Vault

    Json = Mapping[str, object]

NAME = "canvas"
PAGE = "alignment.canvas"
READS: tuple[Reads, ...] = ("work",)
TOLD: tuple[str, ...] = ()

MOST = 300
"""Cards: Obsidian draws the note in each. Above, projects are left to the page, then priorities, then key results."""
WIDTH, HEIGHT = 320, 80
ASIDE, BELOW = 120, 40
"""Between two columns of cards, where the arrows run, and between two rows, where Obsidian writes a card's name."""
PADDING = 40
BETWEEN = 100
"""Between two groups: the name of the lower one stands there."""
GUTTER = 160
"""Between two columns of groups: there run the arrows from one group to another."""
SUMMARY, KEY = 120, 60
"""The heights of what is said above the map: in words, and by which colour."""
TALL = 3000
"""Pixels: what a column of groups fills; twice as much where the whole is four times as high as still looks square."""
SQUARE = 5 * TALL
LABEL_LENGTH = 80
RED, ORANGE = "1", "2"
COLOURS: Mapping[str, str] = {"key_result": "5", "project": "6"}
"""By kind; of the others one stands at the head of each group, and one beside it."""


class Place(Struct, frozen=True):
    """Where a card stands on the whole canvas, and in which column of its group."""

    x: int
    y: int
    column: int


class Frame(Struct, frozen=True):
    """What goes round a group, or round all that leads up to a vision."""

    top: str
    part: int
    """Of what is under no objective: how many such groups stand before it."""
    x: int
    y: int
    width: int
    height: int


class Plan(Struct, frozen=True):
    """What stands where."""

    frames: tuple[Frame, ...]
    cards: dict[str, Place]
    visions: dict[str, str]
    """Objective -> the vision in whose frame it is."""


def render(vault: Vault) -> Iterator[Page]:
    """The one canvas, where it is wanted."""
    path = vault.ask(places).get(PAGE)
    if path is not None:
        plan = _plan(vault, _shown(vault))
        nodes = (*_words(vault, plan, path), *_frames(vault, plan), *_cards(vault, plan))
        yield Page(path, boards.canvas(PAGE, nodes, _edges(vault, plan)), NAME)


def _shown(vault: Vault) -> tuple[str, ...]:
    """The notes that get a card, in reading order."""
    tree = vault.ask(lineage)
    everything = tuple(path for top in tree.tops for path in tree.below(top))
    for deepest in range(len(LEVELS), 1, -1):
        kept = tuple(path for path in everything if LEVELS.index(_kind(vault, path)) < deepest)
        if len(kept) <= MOST:
            return kept
    return kept[:MOST]


def _kind(vault: Vault, path: str) -> str:
    return vault.recognised[path].kind


def _plan(vault: Vault, shown: tuple[str, ...]) -> Plan:
    """Region beside region, each in columns of groups."""
    tree, kinds = vault.ask(lineage), {path: _kind(vault, path) for path in shown}
    tall = _tall(sum(_height(1) if kinds[path] == "objective" else HEIGHT + BELOW for path in shown))
    frames: list[Frame] = []
    cards: dict[str, Place] = {}
    visions: dict[str, str] = {}
    x = 0
    for region in regions(tree, kinds, frozenset(shown), (tall - 2 * PADDING) // (HEIGHT + BELOW)):
        inside = x + PADDING if region.vision else x
        made, stood, x = _region(region, inside, tall)
        if region.vision:
            frames.append(_around(region.vision, made, stood))
            visions |= dict.fromkeys((group.top for family in region.families for group in family), region.vision)
            x += PADDING
        frames += made
        cards |= stood
        x += GUTTER
    return Plan(tuple(frames), cards, visions)


def _tall(whole: int) -> int:
    """How high a column of groups may be, when all of them would be so high: few heights, so that it rarely changes."""
    tall = TALL
    while whole > SQUARE * (tall // TALL) ** 2:
        tall *= 2
    return tall


def _height(rows: int) -> int:
    """Of a group, to where the next begins."""
    return rows * (HEIGHT + BELOW) - BELOW + 2 * PADDING + BETWEEN


def _region(region: Region, left: int, tall: int) -> tuple[list[Frame], dict[str, Place], int]:
    """The groups of a region in columns, and where its last column ends."""
    frames: list[Frame] = []
    cards: dict[str, Place] = {}
    x, right, y = left, left, 0
    for family in region.families:
        height = sum(_height(group.rows) for group in family) - BETWEEN
        if y and y + height > tall:
            x, y = right + GUTTER, 0
        for group in family:
            frame = _frame_of(group, x, y)
            right = max(right, x + frame.width)
            if group.top != region.vision or not group.top:
                frames.append(frame)
            cards |= {
                card.path: Place(
                    x + PADDING + card.column * (WIDTH + ASIDE), y + PADDING + card.row * (HEIGHT + BELOW), card.column
                )
                for card in group.cards
            }
            y += frame.height + BETWEEN
    return frames, cards, right


def _frame_of(group: Group, x: int, y: int) -> Frame:
    width = max(2, group.columns) * (WIDTH + ASIDE) - ASIDE + 2 * PADDING  # or its name is not read
    return Frame(group.top, group.part, x, y, width, _height(group.rows) - BETWEEN)


def _around(vision: str, frames: list[Frame], cards: Mapping[str, Place]) -> Frame:
    """The frame of a vision: round all of its groups, and round what serves it directly."""
    corners = [(each.x, each.y, each.x + each.width, each.y + each.height) for each in frames]
    corners += [(at.x, at.y, at.x + WIDTH, at.y + HEIGHT) for at in cards.values()]
    left, top = min(c[0] for c in corners) - PADDING, min(c[1] for c in corners) - PADDING
    right, bottom = max(c[2] for c in corners) + PADDING, max(c[3] for c in corners) + PADDING
    return Frame(vision, 0, left, top, right - left, bottom - top)


def _frames(vault: Vault, plan: Plan) -> Iterator[Json]:
    """Frames before the cards on them: what comes later in a canvas lies above."""
    for frame in plan.frames:
        idle = frame.top in vault.ask(_idle)
        label = escape.plain(phrases.clipped(shown_name(vault, frame.top), LABEL_LENGTH)) if frame.top else ""
        if not frame.top:
            label = say(message("Under no objective"), vault.language)
        elif idle:
            nobody = say(message("nobody works on it"), vault.language)
            label = f"{label} – {nobody}"
        box = (frame.x, frame.y, frame.width, frame.height)
        found = _node("group", ("group", frame.top, *[""] * frame.part), box) | {"label": label}
        yield found | {"color": ORANGE} if idle else found


def _cards(vault: Vault, plan: Plan) -> Iterator[Json]:
    for path, at in plan.cards.items():
        found = _node("file", ("file", path), (at.x, at.y, WIDTH, HEIGHT)) | {"file": path}
        colour = _colour(vault, path)
        yield found | {"color": colour} if colour else found


def _colour(vault: Vault, path: str) -> str | None:
    """What is wrong comes before what it is."""
    if _is_orphan(vault, path):
        return RED
    return ORANGE if path in vault.ask(_idle) else COLOURS.get(_kind(vault, path))


def _words(vault: Vault, plan: Plan, path: str) -> Iterator[Json]:
    """What the map shows, in a sentence, and what its colours mean."""
    page, tree = vault.ask(places).get("alignment"), vault.ask(lineage)
    said = [message("{sentence}.", sentence=phrases.alignment(vault))]
    if plan.frames:
        said.append(message("A frame holds what serves the note that it is called after."))
    missing = len(tree.parents) - len(plan.cards)
    if missing:
        said.append(plural("{count} more note is on the page.", "{count} more notes are on the page.", missing))
    text = " ".join(sentence(each, vault.language) for each in said)
    if page is not None:
        text += f" {link(vault, page, path)}"
    bottom = -PADDING - BETWEEN
    box = (0, bottom - KEY - BELOW - SUMMARY, 2 * WIDTH + ASIDE, SUMMARY)
    yield _node("text", ("text", "summary"), box) | {"text": text}
    for place, (colour, words) in enumerate(_key(vault, plan)):
        box = (place * (WIDTH + BELOW), bottom - KEY, WIDTH, KEY)
        yield _node("text", ("key", colour), box) | {"text": words, "color": colour}


def _key(vault: Vault, plan: Plan) -> Iterator[tuple[str, str]]:
    """The colours that there are, and what they say."""
    used = {_colour(vault, path) for path in plan.cards}
    for kind, colour in COLOURS.items():
        if colour in used:
            label = escape.text(phrases.kind_label(vault, kind))
            yield colour, f"**{label[:1].upper()}{label[1:]}**"
    wrong: tuple[tuple[str, Message], ...] = (
        (RED, message("Red: a priority that serves no objective.")),
        (ORANGE, message("Orange: an objective that nobody works on.")),
    )
    yield from ((colour, sentence(words, vault.language)) for colour, words in wrong if colour in used)


def _node(kind: str, what: tuple[str, ...], box: tuple[int, int, int, int]) -> dict[str, object]:
    return {"id": boards.identifier(*what), "type": kind} | dict(zip(("x", "y", "width", "height"), box, strict=True))


def _edges(vault: Vault, plan: Plan) -> Iterator[Json]:
    """An arrow from each note to what serves it, but for what a vision's frame says already."""
    tree, cards = vault.ask(lineage), plan.cards
    pairs = [(parent, path) for path in cards for parent in tree.parents[path] if parent in cards]
    if len(pairs) > 2 * MOST:
        pairs = [(parent, path) for parent in cards for path in tree.children.get(parent, ()) if path in cards]
    for parent, path in pairs:
        if plan.visions.get(path) != parent:
            start, end = _sides(cards[parent], cards[path])
            yield {
                "id": boards.identifier("edge", parent, path),
                "fromNode": boards.identifier("file", parent),
                "fromSide": start,
                "toNode": boards.identifier("file", path),
                "toSide": end,
            }


def _sides(start: Place, end: Place) -> tuple[str, str]:
    """Where an arrow begins and ends: within a column it goes round past the cards in between."""
    if start.x == end.x:
        return ("left", "left") if start.column == 0 else ("right", "right")
    return ("right", "left") if start.x < end.x else ("left", "right")


def _is_orphan(vault: Vault, path: str) -> bool:
    standing = vault.ask(standings).get(path)
    return standing is not None and standing.reason not in SETTLED


def _idle(vault: Vault) -> frozenset[str]:
    return frozenset(note.path for note in vault.ask(unserved))
