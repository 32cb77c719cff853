"""A note of a synthetic vault and how many links it is to have come in, the lines of its body go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.words import HEADINGS, TAGS, THINGS, TOPICS, VERBS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from bench.shelf import Place, Shelf

FIRST_HEADING = "Summary"
"""Every note with a heading has this one first, so that a link may name it."""


def body(place: Place, places: Shelf, random: Random, links: int) -> Iterator[str]:
    """The lines of a note's body."""
    number = random.randrange(1 << 30)
    left = [link(places, random, number) for _ in range(links)]
    yield f"# {place.name}"
    yield ""
    yield paragraph(random, left)
    for section in range(random.randint(1, 3)):
        yield ""
        yield f"## {random.choice(HEADINGS) if section else FIRST_HEADING}"
        yield ""
        yield from block(random, left)
    while left:
        yield ""
        yield paragraph(random, left)


def block(random: Random, left: list[str]) -> Iterator[str]:
    """A paragraph, a list, tasks, or something rarer."""
    drawn = random.random()
    if drawn < 0.5:
        yield paragraph(random, left)
    elif drawn < 0.7:
        yield from (f"{'  ' * (item % 3 == 2)}- {sentence(random, left)}" for item in range(random.randint(2, 5)))
    elif drawn < 0.88:
        yield from (task(random, left) for _ in range(random.randint(1, 4)))
    elif drawn < 0.92:
        yield from ("| what | how many |", "|---|--:|")
        yield from (f"| {random.choice(THINGS)} | {random.randint(1, 99)} |" for _ in range(3))
    elif drawn < 0.95:
        yield from ("```python", f"total = {random.randint(1, 99)}  # not a [[link]]", "```")
    else:
        yield from ("> [!note] To remember", f"> {sentence(random, left)}")


def paragraph(random: Random, left: list[str]) -> str:
    """Two to five sentences, at times with a tag or a name of the block."""
    text = " ".join(sentence(random, left) for _ in range(random.randint(2, 5)))
    drawn = random.random()
    if drawn < 0.12:
        return f"{text} #{random.choice(TAGS)}"
    return f"{text} ^b{random.randrange(1 << 20):x}" if drawn < 0.15 else text


def sentence(random: Random, left: list[str]) -> str:
    """Some words, with the next link among them where one is left; every other sentence takes none."""
    words = random.choices(WORDS, k=random.randint(5, 14))
    words[0] = words[0].capitalize()
    if left and random.random() < 0.6:
        words.append(left.pop())
    elif random.random() < 0.06:
        words[-1] = random.choice((f"**{words[-1]}**", f"`{words[-1]}`", f"*{words[-1]}*", "https://example.org/page"))
    return f"{' '.join(words)}."


def task(random: Random, left: list[str]) -> str:
    """A task, open or done, some with a date."""
    date = f" 📅 2026-{random.randint(1, 12):02}-{random.randint(1, 28):02}" if random.random() < 0.4 else ""
    words = f"{random.choice(VERBS)} the {random.choice(THINGS)}"
    towards = f" with {left.pop()}" if left and random.random() < 0.6 else ""
    return f"- [{random.choice('  x')}] {words}{towards}{date}"


def link(places: Shelf, random: Random, number: int) -> str:
    """A link as people write them: most by name, some by path, with a label, to a heading, or as an embed."""
    drawn = random.random()
    if drawn < 0.02:
        return f"[[{random.choice(TOPICS)} {random.choice(THINGS)} to be written {random.randint(1, 999)}]]"
    if drawn < 0.5:
        target = places.near(number, random)
    else:
        target = places.any(random.choice(("plain", "plain", "person", "project", "priority", "meeting")), random)
    match random.randrange(20):
        case 0 | 1 | 2:
            return f"[[{target.name}|{random.choice(WORDS)} {random.choice(WORDS)}]]"
        case 3 | 4:
            return f"[[{target.name}#{FIRST_HEADING}]]"
        case 5:
            return f"[[{target.path.removesuffix('.md')}|{target.name}]]"
        case 6:
            return f"[{random.choice(WORDS)}](<{target.path}>)"
        case 7:
            return f"![[{target.name}]]"
    return f"[[{target.name}]]"
