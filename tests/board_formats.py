"""What a canvas and a base may hold, as published: a text comes in, what is wrong with it comes out.

JSON Canvas 1.0 (jsoncanvas.org/spec/1.0) and Obsidian's help, "Bases syntax".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

NODE = {"id": str, "type": str, "x": int, "y": int, "width": int, "height": int}
OF_TYPE: dict[str, tuple[dict[str, type], dict[str, type]]] = {
    "text": ({"text": str}, {}),
    "file": ({"file": str}, {"subpath": str}),
    "link": ({"url": str}, {}),
    "group": ({}, {"label": str, "background": str, "backgroundStyle": str}),
}
"""Type -> what such a node must have, and what it may have."""
SIDES, ENDS = {"top", "right", "bottom", "left"}, {"none", "arrow"}
COLOR = re.compile(r"[1-6]|#[0-9a-fA-F]{6}")
LITERAL = r'"(?:[^"\\]|\\.)*"'
NOTE = rf"note\[{LITERAL}\]"
VALUE = rf"(?:{NOTE}|formula\.\w+)"
STATEMENT = re.compile(
    rf"file\.(?:ext|path) == {LITERAL}|file\.(?:hasTag|inFolder)\({LITERAL}\)|{NOTE} == {LITERAL}"
    rf"|\[(?:{LITERAL}(?:, )?)*\]\.contains\({VALUE}\)"
)
"""The statements that we write, of those that the help documents."""
FORMULA = re.compile(rf"(?:if\({NOTE}, {NOTE}, )+{NOTE}\)+|{VALUE} \* {VALUE}")


def canvas_faults(text: str) -> list[str]:
    """What the published format does not allow, and what would be drawn over something else."""
    read = json.loads(text)
    nodes, edges = read.get("nodes", []), read.get("edges", [])
    ids = Counter(each["id"] for each in (*nodes, *edges))
    faults = [f"two of {name}" for name, count in ids.items() if count > 1]
    faults += [fault for node in nodes for fault in _node(node)]
    known = {node["id"] for node in nodes}
    faults += [fault for edge in edges for fault in _edge(edge, known)]
    cards = [node for node in nodes if node["type"] != "group"]
    groups = [node for node in nodes if node["type"] == "group"]
    for others in (cards, groups):
        pairs = ((one, two) for place, one in enumerate(others) for two in others[:place] if _meet(one, two))
        faults += [f"{one} lies over {two}" for one, two in pairs if others is cards or not is_within(one, two)]
    halves = ((card, group) for card in cards for group in groups if _meet(card, group) and not is_within(card, group))
    return faults + [f"{card} is half in {group}" for card, group in halves]


def _node(node: dict[str, Any]) -> Iterator[str]:
    must, may = OF_TYPE[node["type"]]
    needed = NODE | must
    for name, kind in needed.items():
        if type(node.get(name)) is not kind:
            yield f"{name} of {node}"
    for name in node.keys() - needed.keys() - {"color"}:
        if type(node[name]) is not may.get(name):
            yield f"{name} of {node}"
    if not COLOR.fullmatch(node.get("color", "1")):
        yield f"color of {node}"
    if node["width"] <= 0 or node["height"] <= 0:
        yield f"size of {node}"


def _edge(edge: dict[str, Any], known: set[str]) -> Iterator[str]:
    if not {"id", "fromNode", "toNode"} <= edge.keys() or not {edge["fromNode"], edge["toNode"]} <= known:
        yield f"ends of {edge}"
    if not {edge.get("fromSide", "top"), edge.get("toSide", "top")} <= SIDES:
        yield f"sides of {edge}"
    if not {edge.get("fromEnd", "none"), edge.get("toEnd", "arrow")} <= ENDS:
        yield f"arrows of {edge}"
    if edge.keys() - {"id", "fromNode", "toNode", "fromSide", "toSide", "fromEnd", "toEnd", "color", "label"}:
        yield f"keys of {edge}"


def _meet(one: dict[str, Any], two: dict[str, Any]) -> bool:
    return all(
        one[place] < two[place] + two[size] and two[place] < one[place] + one[size]
        for place, size in (("x", "width"), ("y", "height"))
    )


def is_within(card: dict[str, Any], group: dict[str, Any]) -> bool:
    """Whether all of a card, or of a group, lies in a group."""
    return all(
        group[place] <= card[place] and card[place] + card[size] <= group[place] + group[size]
        for place, size in (("x", "width"), ("y", "height"))
    )


def base_faults(text: str) -> list[str]:
    """What the published format does not allow, and columns that there are not."""
    read = yaml.safe_load(text)
    faults = [f"key {key}" for key in read.keys() - {"filters", "formulas", "properties", "summaries", "views"}]
    faults += _filter(read.get("filters", "true"))
    formulas = read.get("formulas", {})
    faults += [f"formula {name}: {said}" for name, said in formulas.items() if not FORMULA.fullmatch(said)]
    shown = read.get("properties", {})
    faults += [f"property {name}" for name, item in shown.items() if set(item) != {"displayName"}]
    names = [view["name"] for view in read["views"]]
    faults += [f"two views {names}"] if len(set(names)) < len(names) else []
    for view in read["views"]:
        faults += [f"view {key}" for key in view.keys() - {"type", "name", "limit", "filters", "groupBy", "order"}]
        faults += _filter(view.get("filters", {"and": []}))
        columns = [*view["order"], *([view["groupBy"]["property"]] if "groupBy" in view else [])]
        faults += [f"column {name}" for name in columns if not _is_column(name, formulas)]
        faults += [] if view["type"] in {"table", "cards", "list"} and type(view["limit"]) is int else [f"{view}"]
        faults += [] if view.get("groupBy", {"direction": "ASC"})["direction"] in {"ASC", "DESC"} else [f"{view}"]
    return faults


def _filter(said: object) -> list[str]:
    if isinstance(said, str):
        return [] if STATEMENT.fullmatch(said) else [f"statement {said}"]
    if not isinstance(said, dict) or len(said) != 1 or not {*said} <= {"and", "or", "not"}:
        return [f"filter {said}"]
    (every,) = said.values()
    return [fault for each in every for fault in _filter(each)]


def _is_column(name: str, formulas: dict[str, str]) -> bool:
    kind, _, rest = name.partition(".")
    return name == "file.name" or (kind == "note" and rest != "") or (kind == "formula" and rest in formulas)
