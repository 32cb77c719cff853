"""Every scenario of tests/scenarios: what is said of its vault, also when the vault is written in other ways.

`pytest tests/test_scenarios.py --accept` writes what is really said into the files; read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import scenario_runner as runner
from tests import scenario_variants as variants

HOME = Path(__file__).parent / "scenarios"
SCENARIOS = [scenario for path in sorted(HOME.rglob("*.md")) for scenario in runner.read_scenarios(path)]


def each(scenarios: list[runner.Scenario]) -> pytest.MarkDecorator:
    ids = [f"{scenario.path.stem}: {scenario.title}" for scenario in scenarios]
    return pytest.mark.parametrize("scenario", scenarios, ids=ids)


def judged(scenario: runner.Scenario) -> bool:
    """Whether it asks for more than what is read of the notes."""
    return {block.speaker for block in scenario.expected} & {"findings", "page"} != set()


@each(SCENARIOS)
def test_scenario(scenario: runner.Scenario, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    actual = runner.said(scenario, tmp_path)
    if request.config.getoption("accept"):
        runner.accept(scenario, actual)
    else:
        assert actual == [block.text for block in scenario.expected]


@each([scenario for scenario in SCENARIOS if judged(scenario)])
def test_the_findings_do_not_move(scenario: runner.Scenario, tmp_path: Path) -> None:
    expected = variants.unmoved(scenario, tmp_path / "as written")
    wanted = {name: variant for name, variant in variants.VARIANTS.items() if name not in scenario.unlike}
    said = {name: variants.moved(scenario, variant, tmp_path / name) for name, variant in wanted.items()}
    assert said == dict.fromkeys(wanted, expected)


@each([scenario for scenario in SCENARIOS if variants.asked(scenario)])
def test_what_is_read_does_not_move(scenario: runner.Scenario, tmp_path: Path) -> None:
    wanted = {name: variants.VARIANTS[name] for name in variants.LINES_STAY if name not in scenario.unlike}
    expected = variants.readings(scenario, variants.AS_WRITTEN, tmp_path / "as written")
    read = {name: variants.readings(scenario, variant, tmp_path / name) for name, variant in wanted.items()}
    assert read == dict.fromkeys(wanted, expected)


def test_every_scenario_expects_something_and_bears_a_name_of_its_own() -> None:
    names = [(scenario.path, scenario.title) for scenario in SCENARIOS]
    assert len(set(names)) == len(names)
    assert [name for name, scenario in zip(names, SCENARIOS, strict=True) if not scenario.expected] == []


@pytest.mark.parametrize("path", sorted(HOME.rglob("*.md")), ids=lambda path: path.stem)
def test_accept_writes_what_was_expected_back(path: Path, tmp_path: Path) -> None:
    """Every block of expectations is emptied in a copy: `--accept` restores the file to the byte."""
    copy = tmp_path / path.name
    copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    for scenario in runner.read_scenarios(copy):
        runner.accept(scenario, ["" for _ in scenario.expected])
    if any(block.text for scenario in runner.read_scenarios(path) for block in scenario.expected):
        assert copy.read_bytes() != path.read_bytes()
    for number, scenario in enumerate(runner.read_scenarios(copy)):
        runner.accept(scenario, runner.said(scenario, tmp_path / str(number)))
    assert copy.read_bytes() == path.read_bytes()


SCENARIO = """\
# A file of scenarios

## One

today: 2026-01-02
validators: broken-link, no-owner

`Notes/É.md`:

````markdown latin-1
É
```
`x.md`:
```
````

```findings
old
```

## Two

```findings
```
"""


def test_a_file_of_scenarios_is_read(tmp_path: Path) -> None:
    path = tmp_path / "no_action.md"
    path.write_text(SCENARIO, encoding="utf-8")
    one, two = runner.read_scenarios(path)
    assert one.files == {"Notes/É.md": "É\n```\n`x.md`:\n```\n".encode("latin-1")}
    assert (one.title, str(one.today), sorted(one.validators)) == ("One", "2026-01-02", ["broken-link", "no-owner"])
    assert [(block.speaker, block.text) for block in one.expected] == [("findings", "old\n")]
    assert (dict(two.files), str(two.today), sorted(two.validators)) == ({}, "2026-03-16", ["no-action"])
    runner.accept(one, ["a\n```\nb\n"])
    assert "\n````findings\na\n```\nb\n````\n\n## Two\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["## A\n\n```fidnings\n```\n", "## A\n\n```findings\n"])
def test_a_slip_in_a_scenario_is_an_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with pytest.raises(runner.ScenarioError, match=r"a\.md:3"):
        runner.read_scenarios(tmp_path / "a.md")


def test_a_variant_that_changes_something_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "broken_link.md"
    path.write_text("## A\n\n`Café.md`:\n\n```\n---\na: 1\n---\n[[x]]\n```\n\n```findings\n```\n", encoding="utf-8")
    (scenario,) = runner.read_scenarios(path)
    expected = variants.unmoved(scenario, tmp_path / "0")
    assert expected.startswith("Café.md:4:1 info broken-link")
    shifted = variants.Variant(variants.VARIANTS["property"].files)
    assert variants.moved(scenario, shifted, tmp_path / "1").startswith("Café.md:5:1 info broken-link")
    gone = variants.Variant(lambda files: {**files, "x.md": b""})
    assert variants.moved(scenario, gone, tmp_path / "2") == ""
