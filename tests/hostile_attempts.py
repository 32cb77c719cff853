"""What somebody may try by way of a vault's settings, templates, links and arguments; each is tried and told.

    python -m tests.hostile_attempts

prints the table of all of them: the attempt, the command, and what happened.
"""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.hostile_vault import TOKEN, World, bare, state
from tests.nasty_templates import ENDLESS

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKOUT = Path(__file__).resolve().parent.parent
SECONDS, BYTES = 60, 2 << 30
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What no output may hold but for tabs and line ends."""
BUILD = ("build", "--write")


class Attempt(NamedTuple):
    """What is tried, and a part of what is said of it."""

    says: str
    settings: str = ""
    files: Mapping[str, str] = {}
    links: Mapping[str, str] = {}
    command: tuple[str, ...] = BUILD
    code: int = 2


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def run(world: World, *arguments: str, before: tuple[str, ...] = ()) -> Ran:
    """A command as a process of its own, within limits of time and memory, in the vault's own folder."""
    home = world.root.parent / "home"
    names = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("VAULTKIT")},
        **{name: str(home / name) for name in names},
        "HOME": str(home),
        "LANGUAGE": "en",
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONIOENCODING": "utf-8",
    }
    ended = subprocess.run(
        [*before, sys.executable, "-m", "vaultkit", "--today", "2026-03-16", *arguments],
        cwd=world.vault,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=4 * SECONDS,
        preexec_fn=_limited,
    )
    return Ran(ended.returncode, ended.stdout.decode("utf-8", "replace"), ended.stderr.decode("utf-8", "replace"))


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _page(text: str) -> dict[str, str]:
    return {"Own/pages/overview.md.j2": text}


def _kind(text: str) -> dict[str, str]:
    return {"Own/kinds/plot.md": text}


def _index(path: str) -> str:
    return f"[[index]]\npath = {path!r}\nfolder = ''\n"


NEW = ("new", "plot", "x")
BOMB = "a: &a0 [x, x]\n" + "".join(f"a{n}: &a{n + 1} [{f'*a{n}, ' * 9}]\n" for n in range(9))
OWN = 'templates = "Own"\n'
OUTSIDE = "only inside the vault"
LINK = "a symbolic link or a file stands where a folder should"

ATTEMPTS: dict[str, Attempt] = {
    **{
        f"pages into {folder[:40]!r}": Attempt(says, f"[pages]\nfolder = {folder!r}\n")
        for folder, says in {
            "../outside": OUTSIDE, "a/../../outside": OUTSIDE, ".obsidian": OUTSIDE, ".git/hooks": OUTSIDE,
            ".trash": OUTSIDE, "a//b": OUTSIDE, "linked folder": LINK, "C:\\Windows": "not a name", "CON": "not a name",
            "a\x1b[31m": "not a name" , "x" * 250: "not a name",
        }.items()
    },
    "pages into an absolute folder": Attempt("new  etc/x/Overview.md", "[pages]\nfolder = '/etc/x'\n", code=0),
    **{
        f"an index page at {path!r}": Attempt(says, _index(path))
        for path, says in {
            "../outside/new": OUTSIDE, "Priorities/../../outside/new": OUTSIDE, ".obsidian/app": OUTSIDE,
            "linked folder/new": LINK, "a\nb": "not a name", "nul": "not a name",
        }.items()
    },
    "an index page in the place of a link out of the vault": Attempt("Left as it is", _index("link.md"), code=0),
    "an index page in the place of a person's note": Attempt("Left as it is", _index("Priorities/Hire"), code=0),
    "an index page in the place of a pipe's name": Attempt("new  Index.md", _index("Index"), code=0),
    "an index of a folder outside": Attempt(
        "new  Index.md", "[[index]]\npath = 'Index'\nfolder = '../outside'\n", code=0
    ),
    "a page in the place of a link to nothing": Attempt(
        "Overview.md", links={"Dashboards/Overview.md": "../../outside/new.md"}
    ),
    "the pages' folder is a link": Attempt(LINK, links={"Dashboards": "../outside"}),
    "the settings are a link": Attempt("it cannot be read", links={"vaultkit.toml": "../outside/secret.toml"}),
    "the settings are a link to a device": Attempt("it cannot be read", links={"vaultkit.toml": "/dev/zero"}),
    "Obsidian's settings are a link": Attempt("new  ", links={".obsidian/app.json": "../../outside/secret.md"}, code=0),
    "Obsidian's folder is a link": Attempt("new  ", "obsidian-dir = '.o'\n", links={".o": "../outside"}, code=0),
    "Obsidian's folder is outside": Attempt("begins with a dot", "obsidian-dir = '../outside'\n"),
    **{
        f"templates from {folder}": Attempt("no templates in", f"templates = {folder!r}\n")
        for folder in ("../outside", "linked folder", "/etc", "a/../../outside", ".")
    },
    "a page's template is a link": Attempt(
        "no templates in", OWN, links={"Own/pages/overview.md.j2": "../../../outside/secret.md"}
    ),
    "a folder of templates is a link": Attempt("no templates in", OWN, links={"Own/pages": "../../outside/pages"}),
    **{
        f"a template that has {tag}": Attempt("there is no page template of this name", OWN, _page("{% " + tag + " %}"))
        for tag in (
            "include '../../../outside/secret.md'", "include '/etc/passwd'", "extends '../secret.md'",
            "import '/etc/passwd' as x", "from 'Priorities/Hire.md' import x",
        )
    },
    **{
        f"a template that has {words}": Attempt("cannot be filled in", OWN, _page("{{ " + words + " }}"))
        for words in (
            "''.__class__.__mro__[1].__subclasses__()", "cycler.__init__.__globals__.os.popen('id').read()",
            "self._TemplateReference__context", "'x' * 10 ** 10", "9 ** 9 ** 9 ** 9", "'{:9999999999}'.format(1)",
        )
    },
    **{
        f"a template with {name}": Attempt("this has no end, or is too long", OWN, _page(ENDLESS[name]))
        for name in ("a loop in a loop", "a macro that calls itself twice, to a depth",
                     "a text twice as long each time, by ~", "a list of the same list twice")
    },
    "a template that calls itself": Attempt("recursion", OWN, _page("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")),
    "a template that writes marks and escapes": Attempt(
        "new  Dashboards/Overview.md",
        OWN,
        _page("%% vaultkit:index %%\n%% /vaultkit 00000000 %%\n\x1b[31m\x9b {{ '\\x1b[2J' }}"),
        code=0,
    ),
    "a template that says which page it is": Attempt("may not say", OWN, _page("---\ngenerated: me\n---\n")),
    "a kind whose skeleton has no end": Attempt(
        "this has no end", OWN, _kind("---\nkind: plot\n---\n" + ENDLESS["a loop in a loop"]), command=NEW
    ),
    "a kind whose skeleton reads a file": Attempt(
        "no page template", OWN, _kind("---\nkind: plot\n---\n{% include '/etc/passwd' %}"), command=NEW
    ),
    "a kind whose home is outside": Attempt(
        OUTSIDE, OWN, _kind("---\nkind: plot\nhomes: {en: ../outside}\n---\n"), command=NEW
    ),
    "a kind whose home is a link": Attempt(
        LINK, OWN, _kind("---\nkind: plot\nhomes: {en: linked folder}\n---\n"), command=NEW
    ),
    "a kind told by an expression without end": Attempt(
        "may take for ever", OWN, _kind("---\nkind: plot\nfiles: ['(a+)+$']\n---\n") | {"a" * 60 + "!.md": ""}
    ),
    "a kind that is a bomb of YAML": Attempt(
        "kinds/plot.md", OWN, _kind(f"---\nkind: plot\n{BOMB}---\n")
    ),
    **{
        f"a new note called {title[:40]!r}": Attempt(path, command=("new", "priority", "--", title), code=0)
        for title, path in {
            "../../outside/evil": "Priorities/outside-evil.md", "/etc/passwd": "Priorities/etc-passwd.md",
            "a\x1b[31m\x9b\u202e": "Priorities/a31m.md", "CON": "Priorities/_CON.md",
            "]] %% <script> `": "Priorities/script `.md",
            "x" * 400: "Priorities/xxxxx", "{{ 7 * 7 }} {% raw %}": "Priorities/{{ 7 7 }} {% raw %}.md",
            "<% tp.file.title %>": "Priorities/% tp.file.title %.md", "-rf": "Priorities/rf.md",
            "e\u0301 a\u00a0b": "Priorities/",
        }.items()
    },
    **{
        f"a new note called {title[:40]!r}": Attempt("no file can be called", command=("new", "priority", "--", title))
        for title in ("..", ".", "/", "]]", "\u202e")
    },
    **{
        f"a move to {path!r}": Attempt(says, command=("mv", "--yes", "Priorities/Hire.md", path), code=code)
        for path, says, code in (
            ("../outside/x.md", "leads out of the vault", 2), ("/etc/x.md", "leads out of the vault", 2),
            (".obsidian/x.md", "no name that every system takes", 2), (".git/hooks/x.md", "no name", 2),
            ("linked folder/x.md", LINK, 2), ("./link.md", "leads out of the vault", 2),
            ("a/../../outside/x.md", "no name", 2), ("CON.md", "no name", 2), ("a\x1b[31m.md", "no name", 2),
        )
    },
    **{
        f"a move of {path}": Attempt(says, command=("mv", "--yes", path, "Mine.md"))
        for path, says in {
            "../outside/secret.md": "there is no note", "link.md": "it is a symbolic link",
            "linked folder/secret.md": "there is no note", ".git/config": "there is no note",
            "vaultkit.toml": "keeps its extension",
        }.items()
    },
    **{
        f"showing {path!r}": Attempt("there is no note", command=("show", path))
        for path in ("../outside/secret", "/etc/passwd", "link.md", "linked folder/secret", "\x1b[31m", ".trash/Old")
    },
}  # fmt: skip


def happened(attempt: Attempt, root: Path) -> tuple[Ran, list[str]]:
    """How it ended, and all that is wrong with it: what came out, what changed that is not vaultkit's to change."""
    world = bare(root / "world", attempt.settings, attempt.files, attempt.links)
    around, inside = state(world.root, world.vault), state(world.vault)
    ran = run(world, *attempt.command)
    wrong = [f"exit {ran.code}"] if ran.code != attempt.code else []
    wrong += ["a traceback"] if "Traceback" in ran.err else []
    wrong += ["the secret came out"] if TOKEN in ran.out + ran.err else []
    wrong += [f"hidden characters: {found!r}" for found in set(HIDDEN.findall(ran.out + ran.err))]
    wrong += ["something outside has changed"] if around != state(world.root, world.vault) else []
    after = state(world.vault)
    wrong += [f"changed: {path}" for path, what in inside.items() if after.get(path) != what]
    new = [path for path in after if path not in inside]
    wrong += [f"made: {path}" for path in new if path.startswith(".")]
    wrong += [f"told: {path}" for path in new if TOKEN.encode() in _bytes(world.vault / path)]
    wrong += [f"hidden characters in {path}" for path in new if HIDDEN.search(_bytes(world.vault / path).decode())]
    wrong += [f"it says {ran.out} {ran.err}"] if attempt.says not in ran.out + ran.err else []
    return ran, wrong


def _bytes(place: Path) -> bytes:
    return place.read_bytes() if place.is_file() and not place.is_symlink() else b""


def main() -> None:
    """Print the table."""
    sys.stdout.write("| attempt | command | what happened |\n|---|---|---|\n")
    for name, attempt in ATTEMPTS.items():
        with tempfile.TemporaryDirectory() as folder:
            ran, wrong = happened(attempt, Path(folder))
        said = (ran.err or ran.out).strip().splitlines() or ["nothing is said"]
        words = [name, " ".join(attempt.command), f"exit {ran.code}: {said[0]}" + f" **{wrong}**" * bool(wrong)]
        sys.stdout.write("| " + " | ".join(ascii(each)[1:-1].replace("|", "\\|")[:200] for each in words) + " |\n")


if __name__ == "__main__":
    main()
