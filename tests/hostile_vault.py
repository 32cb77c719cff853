"""A vault that wants to do harm, made on a real disk: names, contents, links and settings that reach for what they can.

Beside it lies a folder with a secret, which nothing in the vault may read and nothing may change.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.nasty_frontmatter import FRONTMATTER

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKEN = "open-sesame-7c1f"  # noqa: S105 -- the secret that must not come out
LONG_AGO = 1_767_225_600

WORDS = (
    "a|b", "x ]] y", "[[z]]", "![[secret]]", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- gone",
    "--> back", "{{ config }} {% include 'x' %}", "{{title}}", "%% vaultkit:index %%", "%% /vaultkit 3f2a9c1d %%", "%%",
    "#tag", "- [ ] x", "[ ] y", "1. first", "# heading", "## two", "code `of", "```", "```mermaid", "~~~",
    "`= this.file`", "$= dv.pages()", "$x$ and $$y$$", "==h== ~~s~~ **b** _i_", "key:: value", "[key:: value]",
    "<% tp.date.now() %>", "<%* await tp.user.x() %>", "text ^block", "a%20b 100%", "&amp; &#91;", "back\\slash \\",
    "] x", "_#t", "![i](x.png)", "](evil.md) [e](evil.md)", "> quote", "> [!danger] x", "| cell |", "---", "***", "===",
    "https://example.org", "javascript:alert(1)", "file:///etc/passwd", '"]; n1 --> n2; click n1 "x"', "end", "n1[x]",
    "%%{init: {}}%%", "subgraph x", 'x" --> y', "\x1b[31mred\x1b]0;title\x07", "\x9b31m", "a\u202eb\u2066c",
    "zero\u200bwidth", "new\nline", "carriage\rreturn", "tab\tstop", "\u2028line\u2029", "\ufeffmark", "dot.",
    "space ", "=SUM(A1)", "+1", "@x", "../up", "/etc/passwd", "C:\\x", "tags: [x]", "dataview", "TABLE file.path",
    "not done", "due:: 2020-01-01",
)  # fmt: skip
"""What a name or a text may hold that means something to Obsidian, a plugin, Mermaid, a template, a terminal."""

NAMES = ("CON", "nul", "x" * 200, "\xe9", "e\u0301", "\xc9", "a\u00a0b", "...")
"""What is no name on some system, or another's twin."""


class World(NamedTuple):
    """Where it all lies."""

    root: Path
    """The whole tree: what is not in the vault must not change."""
    vault: Path
    outside: Path
    secret: Path


def bare(root: Path, settings: str, files: Mapping[str, str], links: Mapping[str, str]) -> World:
    """A priority and an objective, what stands around their vault, and the links that lead out of it."""
    world = World(root, root / "vault", root / "outside", root / "outside/secret.md")
    for name in ("secret.md", "folder/secret.md", "secret.toml", "pages/overview.md.j2", "kinds/secret.md"):
        text = f"---\ntitle: {TOKEN}\ntype: priority\nkind: {TOKEN}\n---\n[[{TOKEN}]] #{TOKEN}\n- [ ] {TOKEN}\n"
        _write(world.outside / name, text)
    usual = {
        ".obsidian/app.json": "{}",
        ".git/config": "[core]\n",
        ".trash/Old.md": _ASKING,
        "Objectives/Goal.md": "---\nperiod: 2026\n---\n",
        "Priorities/Hire.md": "---\nserves: '[[Goal]]'\n---\n- [ ] call\n",
    }
    for path, text in {**usual, "vaultkit.toml": settings, **files}.items():
        _write(world.vault / path, text)
    for path, target in {"link.md": "../outside/secret.md", "linked folder": "../outside", **links}.items():
        (world.vault / path).parent.mkdir(parents=True, exist_ok=True)
        (world.vault / path).unlink(missing_ok=True)
        (world.vault / path).symlink_to(target)
    return world


def make(root: Path) -> World:
    """A company whose every word is hostile."""
    links = {
        "dangling.md": "../nowhere.md", "ring.md": "ring.md", "ring folder": "ring folder", "up": ".",
        "absolute.md": str(root / "outside/secret.md"), "Priorities/linked.md": "../../outside/secret.md",
        "link.canvas": "../outside/secret.md", "link.base": "../outside/secret.md",
        ".obsidian/daily-notes.json": "../../outside/secret.md", ".obsidian/types.json": "../../outside/secret.md",
    }  # fmt: skip
    world = bare(root, SETTINGS, _company() | _boards(), links)
    _odd_files(world)
    return world


_ASKING = "%% vaultkit:index folder='People' %%\n"
SETTINGS = """
[[index]]
path = "Index.md"
folder = ""
title = "<script> %% [[x]] `"

[[index]]
path = "By tag.md"
tag = "work"
"""


def _company() -> dict[str, str]:
    """A priority, an objective, a person for each hostile word, in the names and in the texts."""
    files: dict[str, str] = {}
    for number, words in enumerate(WORDS):
        said = json.dumps(words)
        name = name_of(words)
        files[f"Priorities/{name}.md"] = _priority(said, words, number)
        files[f"Objectives/{name} o.md"] = f"---\ntitle: {said}\nowner: {said}\nstatus: {said}\n---\n"
        files[f"People/{name} p.md"] = f"---\naliases: [{said}]\n---\n{words}\n"
        files[f"Titles/{number}.md"] = f"---\ntitle: {said}\ntype: project\nserves: {said}\n---\n# {words}\n\n{words}\n"
    files |= {f"Names/{number}/{name}.md": "---\ntype: priority\n---\n" for number, name in enumerate(NAMES)}
    for number, nasty in enumerate(FRONTMATTER.values()):
        made = nasty.make(20_000)
        files[f"Bombs/{number}.md"] = made if isinstance(made, str) else made.decode("utf-8", "replace")
    files["Bombs/long.md"] = ("[[" * 50 + "- [ ] x `" + "![" * 50 + "%% \n") * 20_000
    return files | _regions()


def _priority(said: str, words: str, number: int) -> str:
    serves = '"[[Goal]]"' if number % 3 else said
    properties = ("title", "owner", "status", "description", "health", "why", "due", "period", "outcome")
    front = "".join(f"{name}: {said}\n" for name in properties)
    return (
        f"---\n{front}aliases: [{said}]\nserves: {serves}\nrank: {number}\ntags: [work, {said}]\n---\n"
        f"- [ ] {words} [x:: {words}]\n- [x] {words}\n\n[[../outside/secret]] [[/etc/passwd]] "
        "![[../../outside/secret]] [a](../outside/secret.md) [b](file:///etc/passwd) [c](/outside/secret.md)\n"
    )


def _regions() -> dict[str, str]:
    """Requests that reach out of the vault, or would write what is no list."""
    options = (
        'folder="../outside"', 'folder="/etc"', 'folder=".obsidian"', 'folder="Priorities"', 'folder="a/../../outside"',
        'tag="x ]] %%"', 'title="%% /vaultkit 00000000 %%"', 'title="<script>"', 'title="[[x]] ```"', 'kind="../x"',
        "depth=99999999999", 'sort="__class__"', 'path="../outside/secret.md"', 'template="../outside/secret.md.j2"',
    )  # fmt: skip
    return {
        f"Regions/{number}.md": f"# A note of mine\n\n%% vaultkit:index {each} %%\n\nmy own last line"
        for number, each in enumerate(options)
    }


def _boards() -> dict[str, str]:
    """Canvases and bases that name files outside."""
    nodes = [
        {"id": str(i), "type": "file", "file": path, "x": 0, "y": 0, "width": 1, "height": 1}
        for i, path in enumerate(("../outside/secret.md", "/etc/passwd", "link.md", "a\x1b[31m.md"))
    ]
    text = {
        "id": "t",
        "type": "text",
        "text": "[[../outside/secret]] \x1b[31m",
        "x": 0,
        "y": 0,
        "width": 1,
        "height": 1,
    }
    return {
        "board.canvas": json.dumps({"nodes": [*nodes, text], "edges": []}),
        "deep.canvas": "[" * 100_000,
        "view.base": 'filters: file.inFolder("../outside")\nviews:\n  - type: table\n    name: "\\e[31m"\n',
        "bomb.base": "a: &a [x,x]\n" + "".join(f"a{n}: &b{n} [{', '.join(['*a'] * 9)}]\n" for n in range(9)),
    }


def _odd_files(world: World) -> None:
    """What is no file, or more than one, or may not be touched."""
    vault = world.vault
    (vault / "hard link.txt").hardlink_to(world.outside / "folder/secret.md")
    _write(vault / "twin one.md", _ASKING)
    (world.outside / "twin two.md").hardlink_to(vault / "twin one.md")
    os.mkfifo(vault / "pipe.md")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(vault / "socket.md"))
    for raw in (b"caf\xe9.md", b"\xff\xfe.md"):
        (vault / os.fsdecode(raw)).write_text("[[x]]")
    (vault / os.fsdecode(b"folder\xff")).mkdir()
    for mode, name in ((0o000, "closed.md"), (0o444, "read only.md")):
        _write(vault / name, _ASKING)
        (vault / name).chmod(mode)


def name_of(words: str) -> str:
    """Words as the name of a file: all but what no Linux takes."""
    return words.replace("/", "∕").replace("\0", "") or "empty"


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode("utf-8", "surrogateescape"))
    os.utime(place, (LONG_AGO, LONG_AGO))


def state(root: Path, leave_out: Path | None = None) -> dict[str, tuple[object, ...]]:
    """Everything that stands under a folder: what it is, its mode, its time, where it leads, a hash of its bytes."""
    found: dict[str, tuple[object, ...]] = {}
    for folder, folders, files in os.walk(root):
        here = Path(folder)
        if leave_out is not None and here.is_relative_to(leave_out):
            continue
        for name in (*folders, *files):
            found[str((here / name).relative_to(root))] = _one(here / name)
    return found


def _one(place: Path) -> tuple[object, ...]:
    status = place.lstat()
    mode = stat.S_IMODE(status.st_mode)
    if stat.S_ISDIR(status.st_mode):
        return ("folder", mode)  # its time changes with what stands in it, and that is told
    if stat.S_ISLNK(status.st_mode):
        return ("link", mode, str(place.readlink()))
    if not stat.S_ISREG(status.st_mode):
        return ("other", mode, status.st_mtime_ns)
    return ("file", mode, status.st_nlink, status.st_mtime_ns, hashlib.sha256(place.read_bytes()).hexdigest())
