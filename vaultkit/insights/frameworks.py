"""The framework whose words a vault speaks: a Vault and the profiles go in; that one comes out, with its words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultkit.text import fold, folder_stem, stem
from vaultkit.vault.kinds import KIND_PROPERTIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vaultkit.model import Note
    from vaultkit.vault import Vault
    from vaultkit.vault.profiles import Profile

_ENOUGH = 2
"""How many words of a framework tell it: one alone (`method`, `goal`) is anybody's."""


class Framework(Struct, frozen=True):
    """A profile, and what tells it."""

    profile: str
    words: tuple[str, ...]
    """Those of its own words that notes or folders bear, the commonest first."""
    notes: int
    """How many notes bear one, or lie in a folder that does."""


def framework(vault: Vault, profiles: Iterable[Profile]) -> Framework | None:
    """The profile with two words of its own at least in `type` properties and folders, and most notes.

    A word is a profile's own when no other profile has it and no kind goes by it as it is: `rock`, `breakthrough`.
    """
    own = _own_words(vault, tuple(profiles))
    counts: Counter[tuple[str, str]] = Counter()
    notes: Counter[str] = Counter()
    for note in vault.notes.values():
        said = {own[word] for word in _words(note) if word in own}
        counts.update(said)
        notes.update({profile for profile, _ in said})
    spoken = sorted(counts, key=lambda key: (-counts[key], key))
    found = [
        Framework(profile, tuple(word for other, word in spoken if other == profile), count)
        for profile, count in sorted(notes.items(), key=lambda item: (-item[1], item[0]))
    ]
    return next((each for each in found if len(each.words) >= _ENOUGH), None)


def _own_words(vault: Vault, profiles: tuple[Profile, ...]) -> Mapping[str, tuple[str, str]]:
    """Word, in its stem -> the only profile that has it, and how it is written there."""
    usual = {stem(kind.label(language)) for kind in vault.kinds.all.values() for language in ("en", "fr")}
    words = {profile.profile: {stem(word): word for word in _names(profile)} for profile in profiles}
    count = Counter(word for each in words.values() for word in each)
    return {
        word: (profile, written)
        for profile, each in words.items()
        for word, written in each.items()
        if count[word] == 1 and word not in usual
    }


def _names(profile: Profile) -> Iterator[str]:
    for kind in profile.kinds.values():
        for names in kind.names.values():
            yield from names


def _words(note: Note) -> Iterator[str]:
    """What a note says it is, and its folders, in their stems."""
    yield from map(folder_stem, note.folder.split("/"))
    for item in note.properties:
        if fold(item.name) in KIND_PROPERTIES:
            values = item.value if isinstance(item.value, tuple) else (item.value,)
            yield from (stem(value.strip("[]#")) for value in values if isinstance(value, str))
