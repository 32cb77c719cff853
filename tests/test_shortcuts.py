"""What is kept, indexed or asked in another order to save time says the same as the plain way."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import chain, islice, product

from hypothesis import given
from hypothesis import strategies as st

from vaultkit.insights.names import CANDIDATES, COMMON, Names, numbers, parts
from vaultkit.lazy import Lazy, Sieve
from vaultkit.text import fold, stem
from vaultkit.vault.resolver import Resolver

LETTERS = "aAsSxXyie -_’'éÉ\u0301\u00a0ΣİI1ﬁ\t"
WORDS = st.lists(st.sampled_from(["plan", "plane", "planning", "map", "team", "2026", "growth", "a", ""]), min_size=1)
PATHS = ("n.md", "N.md", "a/n.md", "a/b/n.md", "b/n.pdf", "a/v1.md", "v1", "a/m.md", "b/ m.md")
TARGETS = (
    "",
    " ",
    "n",
    "N",
    "n.md",
    "a/n",
    "A/n",
    "b/n",
    "/n",
    "/a/n",
    "./n",
    "../n",
    "n.pdf",
    "v1",
    "m",
    "a/m",
    "o/n",
)
SOURCES = ("x.md", "a/x.md", "a/b/x.md")


@given(st.text(LETTERS))
def test_folding_ascii_is_no_other_folding(word: str) -> None:
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    folded = " ".join(plain.casefold().replace("_", " ").replace("-", " ").replace("’", "'").split())
    assert fold(word) == folded
    assert stem(word) == " ".join(stem(each) for each in folded.split(" "))


@given(st.sets(st.sampled_from(PATHS)), st.lists(st.tuples(st.sampled_from(TARGETS), st.sampled_from(SOURCES))))
def test_what_a_link_means_does_not_depend_on_what_was_asked_before(
    paths: set[str], asked: list[tuple[str, str]]
) -> None:
    resolver = Resolver(paths)
    for target, source in asked:
        assert resolver.resolve(target, source) == Resolver(paths).resolve(target, source)
        assert resolver.candidates(target, source) == Resolver(paths).candidates(target, source)
    for target in resolver.certain:
        for source in SOURCES:
            assert len(resolver.candidates(target, source)) <= 1
            assert Resolver(paths).candidates(target, source) == resolver.candidates(target, source)


@given(st.lists(WORDS.map(" ".join), max_size=40), WORDS.map(" ".join))
def test_the_names_to_compare_are_those_that_share_most(borne: list[str], name: str) -> None:
    names = Names({each: (f"{place}.md",) for place, each in enumerate(borne)})
    alike = [each for each in borne if numbers(each) == numbers(name)]
    ends = {each: {end for word in each.split(" ") if len(word) > 2 for end in (word[:3], word[-3:])} for each in alike}
    shelves = [[other for other in ends if part in ends[other]] for part in parts(name)]
    shared = Counter(chain.from_iterable(shelf for shelf in shelves if len(shelf) <= COMMON))
    likely = [other for other in shared if abs(len(other) - len(name)) <= max(3, len(name) // 4)]
    assert names._candidates(name) == tuple(sorted(likely, key=lambda other: (-shared[other], other))[:CANDIDATES])


def test_a_beginning_that_too_many_names_share_tells_nothing() -> None:
    letters = islice(product("abcdefghijklmnop", repeat=2), COMMON + 1)
    crowd = [f"plan {first}{second}" for first, second in letters]
    assert Names(dict.fromkeys(crowd, ("a.md",)))._candidates("plan") == ()
    assert len(Names(dict.fromkeys(crowd[1:], ("a.md",)))._candidates("plan x")) == CANDIDATES


def test_a_lazy_value_is_made_when_it_is_got() -> None:
    lazy = Lazy(("a", "b"), lambda key: None if key == "b" else key.upper())
    assert (lazy.get("a"), lazy.get("b", "?"), lazy.get("c"), lazy.get("c", "?")) == ("A", None, None, "?")
    for sieve in (Sieve(lazy), Sieve(lazy)):
        assert (sieve.get("a"), sieve.get("b"), sieve.get("b", "?")) == ("A", None, "?")
        assert ("a" in sieve, "b" in sieve, "c" in sieve) == (True, False, False)
        assert list(sieve.values()) == ["A"]
        assert (sieve.get("a"), sieve.get("b", "?"), "b" in sieve) == ("A", "?", False)
