"""The words of a framework: kinds and a profile go in, the same kinds under the framework's names come out.

EOS says rock for a priority, V2MOM says method. A profile renames kinds and changes none of what they mean; the usual
names are understood beside its own. Of a word that two kinds bear (`goal` in OGSM), the profile says whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from vaultkit.config import suggestion
from vaultkit.errors import TemplateError
from vaultkit.language import message
from vaultkit.text import folder_word, stem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vaultkit.vault.kind_templates import Kind


class _Renamed(Struct, frozen=True, forbid_unknown_fields=True):
    """What a framework calls one kind."""

    names: dict[str, tuple[str, ...]]
    """Language -> its names, the one to write first."""
    homes: dict[str, str] = {}


class Profile(Struct, frozen=True, forbid_unknown_fields=True):
    """A framework's words."""

    profile: str
    kinds: dict[str, _Renamed]


def read_profile(path: str, data: bytes) -> Profile:
    """A profile from its file; raises TemplateError."""
    from vaultkit.parser import parse  # 50 ms of imports, and kinds that are known need not be read

    note = parse(path, data)
    given = {item.name: item.value for item in note.properties}
    try:
        return msgspec.convert(given, Profile)
    except msgspec.ValidationError as error:
        raise TemplateError(message("{what} in {place}", what=str(error), place=path), path=path, line=1) from None


def renamed(kinds: Mapping[str, Kind], profile: Profile, path: str) -> dict[str, Kind]:
    """The kinds under the profile's names, in their order; raises TemplateError for a kind that there is not."""
    for name in profile.kinds:
        if name not in kinds:
            said = message("there is no kind of note named {word}", word=name)
            raise TemplateError(said, path=path, line=1, hint=suggestion(name, tuple(kinds)))
    claimed = {
        stem(word): name for name, each in profile.kinds.items() for words in each.names.values() for word in words
    }
    return {name: _renamed(kind, profile.kinds.get(name), claimed) for name, kind in kinds.items()}


def _renamed(kind: Kind, given: _Renamed | None, claimed: Mapping[str, str]) -> Kind:
    own = {word for word, name in claimed.items() if name == kind.name}
    names = frozenset(word for word in kind.names if claimed.get(word, kind.name) == kind.name) | own
    if given is None:
        return msgspec.structs.replace(kind, names=names)
    labels = kind.labels | {language: words[0] for language, words in given.names.items() if words}
    return msgspec.structs.replace(
        kind,
        labels=labels,
        names=names,
        homes=kind.homes | given.homes,
        folders=kind.folders | {folder_word(word) for word in given.homes.values()},
        skeleton=_relabelled(kind.skeleton, kind.labels, labels),
    )


def _relabelled(skeleton: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A skeleton that says its kind by the new names."""
    for language, label in before.items():
        skeleton = skeleton.replace(f"\ntype: {label}\n", f"\ntype: {after.get(language, label)}\n", 1)
    return skeleton
