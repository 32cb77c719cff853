"""What is read of a canvas: its cards' links and tags, each in its exact place, whatever the bytes are."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import scenario_runner as runner
from tests.cli_vault import Run
from vaultkit import validators
from vaultkit.language import say
from vaultkit.parser import digest, parse
from vaultkit.parser.canvas import PROBLEMS
from vaultkit.parser.json import read as read_json
from vaultkit.parser.note import LIMIT
from vaultkit.parser.yaml12 import FaultError
from vaultkit.session import Session

if TYPE_CHECKING:
    from tests.conftest import Corpus, MakeVault
    from vaultkit.model import Note, Span

BOARD = r"""{
	"nodes":[
		{"id":"1","type":"text",
			"text":"[[A \"B\"|x]], [z](a%20b.md) #t\u00e9l \ud83d\ude80 ![[C#h]]\n\n%%[[hid]]%%\n```\n[[no]] #no\n```"},
		{"id":"2","type":"file","file":"Notes\/A.md","subpath":"#Heading#Sub","x":-1,"y":1.5e3},
		{"type":"group","background":"Images/x.png","label":"[[no]]"},
		{"type":"link","url":"https://example.org/[[no]]"},
		{"type":"plugin-card","file":3,"text":{"deep":["[[no]]"]}}
	],
	"edges":[{"id":"e","fromNode":"1","toNode":"2","label":"[[no]] #no"}]
}
"""


def read(text: str | bytes) -> Note:
    return parse("Board.canvas", text if isinstance(text, bytes) else text.encode())


def canvas(*cards: object) -> str:
    return json.dumps({"nodes": cards, "edges": []}, ensure_ascii=False)


def cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def said(note: Note) -> list[tuple[str, int, int, str]]:
    return [(p.kind, p.span.line, p.span.column, say(p.message, "en")) for p in note.problems]


def test_the_links_of_cards_are_found_where_they_are_written() -> None:
    note = read(BOARD)
    assert [
        (link.origin, link.target, link.anchor, link.label, link.form, link.embed, cut(BOARD, link.span))
        for link in note.links
    ] == [
        ("card", 'A "B"', "", "x", "wiki", False, r"[[A \"B\"|x]]"),
        ("card", "a b.md", "", "z", "markdown", False, "[z](a%20b.md)"),
        ("card", "C", "h", None, "wiki", True, "![[C#h]]"),
        ("card", "hid", "", None, "wiki", False, "[[hid]]"),
        ("canvas", "Notes/A.md", "Heading#Sub", None, "wiki", True, r"Notes\/A.md"),
        ("canvas", "Images/x.png", "", None, "wiki", True, "Images/x.png"),
    ]
    assert [(tag.name, cut(BOARD, tag.span)) for tag in note.tags] == [("tél", r"#t\u00e9l")]
    assert [cut(BOARD, comment) for comment in note.comments] == ["%%[[hid]]%%"]
    assert (note.problems, note.length, note.digest) == ((), len(BOARD), digest(BOARD.encode()))
    assert all(BOARD.count("\n", 0, link.span.start) + 1 == link.span.line for link in note.links)
    assert (note.headings, note.tasks, note.properties, note.sections) == ((), (), (), ())


@pytest.mark.parametrize("text", ["", "  \n", "{}", '{"nodes":[],"edges":[]}', '{"nodes":null}', "\ufeff{}", '{"a":1}'])
def test_a_canvas_may_be_empty(text: str) -> None:
    note = read(text)
    assert (note.links, note.problems) == ((), ())


def test_the_last_of_two_values_counts() -> None:
    text = '{"nodes":[{"type":"link","type":"file","file":"a.md","file":"b.md"}]}'
    assert [link.target for link in read(text).links] == ["b.md"]


def test_half_a_pair_of_surrogates_is_no_character() -> None:
    text = r'{"nodes":[{"type":"text","text":"[[a\ud83d]] [[\ude00\ud83d\ude00]]"},{"type":"file","file":"\udc00"}]}'
    note = read(text)
    assert [link.target for link in note.links] == ["a\ufffd", "\ufffd\U0001f600", "\ufffd"]
    assert [cut(text, link.span) for link in note.links] == [r"[[a\ud83d]]", r"[[\ude00\ud83d\ude00]]", r"\udc00"]


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("[]", 1, 1, "A canvas is one JSON object, which holds the lists `nodes` and `edges`."),
        ('"text"', 1, 2, "A canvas is one JSON object, which holds the lists `nodes` and `edges`."),
        ('{"nodes":{}}', 1, 10, "`nodes` of a canvas is a list, in square brackets: this is none."),
        ('{"nodes":[],"edges":1}', 1, 21, "`edges` of a canvas is a list, in square brackets: this is none."),
        ('{"nodes":[\n1]}', 2, 1, "A card of a canvas is a JSON object: this is none."),
        (
            '{"nodes":[\n{"type":"file"}]}',
            2,
            1,
            "This card is of type `file`: it needs a `file`, the path of one in the vault.",
        ),
        (
            '{"nodes":[{"type":"text","text":[]}]}',
            1,
            33,
            "This card is of type `text`: it needs a `text`, in double quotes.",
        ),
        (
            canvas({"type": "file", "file": "a.md", "subpath": "h"}),
            1,
            57,
            "The part of a file that a card shows begins with `#`: this should be #h.",
        ),
        ('{"nodes":[', 1, 11, "This breaks off here: a `]` is missing at the least."),
        ('{"nodes":[],\n', 1, 13, "This breaks off here: a `}` is missing at the least."),
        ('{"nodes":[],}', 1, 13, "The `,` before this separates it from nothing: remove it."),
        ('{"nodes":[1,\n]}', 2, 1, "The `,` before this separates it from nothing: remove it."),
        ('{"nodes":[,1]}', 1, 11, "A value is missing here, or the double quotes around a text."),
        ('{"a":"say "hi""}', 1, 12, 'A `,` or a `}` is missing here; a quote within a text is written `\\"`.'),
        ('{"a":[1}', 1, 8, 'A `,` or a `]` is missing here; a quote within a text is written `\\"`.'),
        (
            '{"a":"x\ny"}',
            1,
            6,
            "The quotes that open here are not closed on this line; a line break in a text is written `\\n`.",
        ),
        ('{"a":"x\ty"}', 1, 8, "Within quotes this character is written as an escape: a tab as `\\t`."),
        ('{"a":"C:\\Users"}', 1, 9, "Within double quotes a `\\` must be written twice."),
        ('{"a":"x', 1, 6, "The quotes that open here are never closed."),
        ("{a:1}", 1, 2, "A name in double quotes is missing here."),
        ('{"a" 1}', 1, 6, "The `:` between a name and its value is missing here."),
        ('{"a":01}', 1, 6, "A value is missing here, or the double quotes around a text."),
        ('{"a":NaN}', 1, 6, "A value is missing here, or the double quotes around a text."),
        ("{}\n{}", 2, 1, "What was opened is closed before this: nothing can follow."),
        ("[1]]", 1, 4, "What was opened is closed before this: nothing can follow."),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, line: int, column: int, message: str) -> None:
    assert said(read(text)) == [("format", line, column, message)]


def test_a_card_that_is_wrong_hides_no_other() -> None:
    text = canvas(
        3, {"type": "file"}, {"type": "file", "file": "a.md", "subpath": "h"}, {"type": "text", "text": "[[b]]"}
    )
    note = read(text)
    assert [(link.target, link.anchor) for link in note.links] == [("a.md", ""), ("b", "")]
    assert len(note.problems) == 3
    assert len(read(canvas(*range(3 * PROBLEMS))).problems) == PROBLEMS


def test_bytes_that_are_no_utf8_are_reported_and_the_rest_is_read() -> None:
    note = read(b'{"nodes":[{"type":"text","text":"caf\xe9 [[a]]"}]}')
    assert [link.target for link in note.links] == ["a"]
    assert said(note) == [
        ("encoding", 1, 37, "This canvas is not UTF-8 from here on: vaultkit reads what it can and never writes to it.")
    ]


def test_a_canvas_that_is_too_long_is_reported() -> None:
    note = read(" " * LIMIT + '{"nodes":[{"type":"file","file":"a.md"}]}')
    assert note.links == ()
    assert said(note) == [("limit", 1, 1, "This canvas is longer than 4194304 characters and is not read.")]


def test_nesting_in_a_card_is_reported_where_it_is() -> None:
    text = canvas({"type": "text", "text": "one\n\n" + ">" * 120 + " [[deep]]"})
    note = read(text)
    assert [cut(text, link.span) for link in note.links] == ["[[deep]]"]
    assert [(p.kind, cut(text, p.span)[-8:]) for p in note.problems] == [("limit", "[[deep]]")]


def meant(written: str) -> str:
    """What stands between quotes, without halves of pairs of surrogates."""
    text: str = json.loads(f'"{written}"')
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


JSON_PIECES = st.sampled_from(
    [
        *(
            '{"nodes":[',
            '{"type":"text","text":"',
            '{"type":"file","file":"',
            "]}",
            '"}',
            '","',
            '"',
            "\\",
            "\\u00e9",
            "\\n",
        ),
        *(
            "\\ud83d",
            "\\ude00",
            "[[a]]",
            "#tag",
            ",",
            ":",
            "{",
            "}",
            "[",
            "]",
            "1",
            "-0.5e3",
            "01",
            "null",
            "tru",
            " ",
            "\n",
        ),
        *("é", "🎯", "\0", "%%", "```", "> ", "\r\n"),
    ]
)


@given(st.lists(JSON_PIECES, max_size=30).map("".join))
@example('{"nodes":[{"type":"text","text":"\\ud83d\\ude00[[a]] \\u00e9#tag"}]}')
def test_every_span_names_exactly_what_it_is_said_to_name(text: str) -> None:
    note = read(text)
    for link in note.links:
        written = meant(cut(text, link.span))
        assert written == (link.target if link.origin == "canvas" else f"[[{link.target}]]")
    for tag in note.tags:
        assert meant(cut(text, tag.span)) == f"#{tag.name}"
    for problem in note.problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)


@given(
    st.lists(JSON_PIECES, max_size=12).map("".join)
    | st.recursive(
        st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers()
        | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=12,
    ).map(json.dumps)
)
def test_json_is_what_the_standard_library_takes_for_json(text: str) -> None:
    def no_constant(name: str) -> None:
        raise ValueError(name)

    try:
        json.loads(text, parse_constant=no_constant)
    except ValueError:
        with pytest.raises(FaultError):
            read_json(text, 3)
    else:
        read_json(text, 3)


NASTY = """
import resource, sys
from vaultkit.parser import parse

size = 1 << 18
inputs = {
    "lists": "[" * size,
    "lists, closed": '{"nodes":' + "[" * (size // 2) + "]" * (size // 2) + "}",
    "objects": '{"a":' * (size // 5),
    "numbers": '{"nodes":[' + "1," * (size // 2) + "1]}",
    "cards": '{"nodes":[' + ",".join(['{"type":"text","text":"#a"}'] * (size // 28)) + "]}",
    "links": '{"nodes":[{"type":"text","text":"' + "[[a]]\\\\n" * (size // 7) + '"}]}',
    "brackets": '{"nodes":[{"type":"text","text":"' + "[[" * (size // 2) + '"}]}',
    "escapes": '{"nodes":[{"type":"text","text":"[[' + "\\\\u00e9" * (size // 6) + ']]"}]}',
    "quotes": '{"nodes":[{"type":"text","text":"' + "> " * (size // 2) + '[[a]]"}]}',
    "backslashes": '"' + "\\\\" * (size + 1),
    "unclosed": '"\\\\"' * (size // 3),
    "names": "{" + ",".join(f'"{n}":1' for n in range(size // 10)) + "}",
    "lines": "\\n" * size,
}
for name, text in inputs.items():
    print(name, flush=True)
    spent = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent) + 20, resource.RLIM_INFINITY))
    note = parse("Board.canvas", text.encode())
    assert note.length == len(text)
print("done", flush=True)
"""


def test_a_nasty_canvas_is_read_within_limits() -> None:
    """In a process of its own: if it crashes, or takes twenty seconds, the last name said is the culprit's."""
    ran = subprocess.run([sys.executable, "-c", NASTY], capture_output=True, text=True, check=False)
    assert ran.stdout.splitlines()[-1:] == ["done"], ran.stdout + ran.stderr


FILES = {
    "Priorities/Hire a CFO.md": "---\nstatus: active\n---\n## Plan\n",
    "Priorities/Brand.md": "See [[Hire a CFO]].\n",
    "Deep/Brand.md": "",
    "Plan.canvas": canvas(
        {"type": "file", "file": "Priorities/Hire a CFO.md", "subpath": "#Plan"},
        {"type": "file", "file": "Brand.md"},
        {"type": "text", "text": "With [[Hire a CFO]] and [[Nowhere]] #money"},
    ),
    "Wall.canvas": canvas({"type": "file", "file": "Plan.canvas"}, {"type": "file", "file": "Wall.canvas"}),
}


def test_a_card_means_the_file_at_its_whole_path(make_vault: MakeVault) -> None:
    vault = runner.read_vault(make_vault(FILES), runner.TODAY)
    assert [(edge.link.origin, edge.target) for edge in vault.graph.of("Plan.canvas")] == [
        ("canvas", "Priorities/Hire a CFO.md"),
        ("canvas", None),
        ("card", "Priorities/Hire a CFO.md"),
        ("card", None),
    ]
    assert list(vault.boards) == ["Plan.canvas", "Wall.canvas"]
    assert not vault.files


def test_a_card_follows_its_file_when_the_vault_steps(make_vault: MakeVault) -> None:
    folder = make_vault(FILES)
    session = Session(folder, today=runner.TODAY)
    (folder / "Brand.md").write_text("", encoding="utf-8")
    assert session.refresh()
    assert session.vault.graph.of("Plan.canvas")[1].target == "Brand.md"
    (folder / "Brand.md").unlink()
    (folder / "Plan.canvas").write_text(canvas({"type": "file", "file": "Deep/Brand.md"}), encoding="utf-8")
    assert session.refresh()
    assert [edge.target for edge in session.vault.graph.of("Plan.canvas")] == ["Deep/Brand.md"]
    assert session.vault == Session(folder, today=runner.TODAY).vault


PATHS = ("A.md", "a.md", "Deep/A.md", "Deep/B.md", "Plan.canvas", "Deep/Plan.canvas", "Tasks.base", "Deep/Tasks.base")
TARGETS = ("A", "A.md", "Deep/A", "Deep/A.md", "B", "Plan.canvas", "Tasks.base", "Deep/Tasks.base#V", "Nowhere", "/A")
CONTENTS = {
    "md": "See [[{0}]] and ![[{1}]]\n",
    "canvas": '{{"nodes":[{{"type":"file","file":"{0}"}},{{"type":"text","text":"[[{1}]]"}}]}}',
    "base": "filters: link('{0}') == '[[{1}]]'\nviews:\n  - name: V\n",
}


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(PATHS), st.none() | st.tuples(*[st.sampled_from(TARGETS)] * 2)), max_size=5),
        min_size=2,
        max_size=3,
    )
)
def test_a_step_equals_a_rebuild(batches: list[list[tuple[str, tuple[str, str] | None]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "Deep").mkdir()
        session = Session(root, today=runner.TODAY)
        for batch in batches:
            for path, targets in batch:
                if targets is None:
                    (root / path).unlink(missing_ok=True)
                else:
                    (root / path).write_text(CONTENTS[path.rpartition(".")[2]].format(*targets), encoding="utf-8")
            session.refresh()
            fresh = Session(root, today=runner.TODAY)
            assert session.vault == fresh.vault
            assert session.findings() == fresh.findings()


def test_a_card_with_the_case_of_its_file_means_that_one(make_vault: MakeVault, tmp_path: Path) -> None:
    (tmp_path / "probe").touch()
    if (tmp_path / "PROBE").exists():
        pytest.skip("this disk does not tell case")
    cards = [{"type": "file", "file": name} for name in ("plan.md", "Plan.md", "PLAN.md")]
    vault = runner.read_vault(make_vault({"Plan.md": "", "plan.md": "", "A.canvas": canvas(*cards)}), runner.TODAY)
    assert [edge.target for edge in vault.graph.of("A.canvas")] == ["plan.md", "Plan.md", "Plan.md"]
    assert "ambiguous-link" not in {found.validator for found in validators.check(vault)}


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (["backlinks", "Hire a CFO", "--counts"], ["Priorities/Brand.md\t1", "Plan.canvas\t2"]),
        (["backlinks", "Hire a CFO", "-v"], ["Priorities/Brand.md\tnote", "Plan.canvas\tcanvas"]),
        (["backlinks", "Plan.canvas"], ["Wall.canvas"]),
        (["backlinks", "Wall.canvas"], []),
        (["links", "[[Plan.canvas]]", "--counts"], ["Priorities/Hire a CFO.md\t2", "Brand.md\t1", "Nowhere\t1"]),
        (["links", "Wall.canvas"], ["Plan.canvas"]),
        (["unresolved"], []),
        (["orphans"], ["Deep/Brand.md", "Priorities/Brand.md"]),
        (["deadends"], ["Deep/Brand.md", "Priorities/Hire a CFO.md"]),
        (["tags"], []),
    ],
)
def test_commands_list_what_obsidian_lists_and_flag_the_rest(
    arguments: list[str], lines: list[str], make_vault: MakeVault, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Run(capsys, make_vault(FILES))(*arguments)
    assert (ran.out.splitlines(), ran.code) == (lines, 0)


def test_json_says_where_a_link_stands(make_vault: MakeVault, capsys: pytest.CaptureFixture[str]) -> None:
    run = Run(capsys, make_vault(FILES))
    rows = json.loads(run("backlinks", "Hire a CFO", "--format", "json").out)
    assert [(row["path"], row["origin"]) for row in rows] == [
        ("Priorities/Brand.md", "note"),
        ("Plan.canvas", "canvas"),
    ]
    whole = json.loads(run("export", "json").out)
    assert [note["path"] for note in whole["notes"]] == [
        "Deep/Brand.md",
        "Priorities/Brand.md",
        "Priorities/Hire a CFO.md",
    ]
    assert whole["boards"][0] == {"path": "Plan.canvas", "tags": ["money"], "views": [], "generated": None}
    assert {(link["source"], link["origin"]) for link in whole["links"]} == {
        ("Priorities/Brand.md", "note"),
        ("Plan.canvas", "canvas"),
        ("Plan.canvas", "card"),
        ("Wall.canvas", "canvas"),
    }


def test_the_canvas_of_a_real_vault_is_read(corpus: Corpus) -> None:
    vault = runner.read_vault(corpus("tasks-demo") / "vault", runner.TODAY)
    boards = [board for path, board in vault.boards.items() if path.endswith(".canvas")]
    assert boards
    assert [problem for board in boards for problem in board.problems] == []
    edges = [edge for board in boards for edge in vault.graph.of(board.path)]
    assert [(edge.link.target, edge.target is not None) for edge in edges] == [("Tags in Frontmatter", True)]
