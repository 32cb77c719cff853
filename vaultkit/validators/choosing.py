"""Names of validators and families, or globs over both, go in; the validators that they mean come out."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from vaultkit.config import suggestion
from vaultkit.errors import ConfigError
from vaultkit.language import message
from vaultkit.model import INTERNAL_ERROR
from vaultkit.validators.catalogue import VALIDATORS

if TYPE_CHECKING:
    from collections.abc import Iterable


def families() -> dict[str, str]:
    """Validator -> its family: the folder that it stands in."""
    return {name: (validator.__name__ or "").split(".")[-2] for name, validator in VALIDATORS.items()}  # type: ignore[attr-defined]


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> frozenset[str]:
    """Those that are selected, or all, without those that are ignored; a fault of ours is never left out.

    Each is a list of names with commas between them. Raises ConfigError for a name that is none.
    """
    wanted = _meant(select)
    return ((frozenset(VALIDATORS) if wanted is None else wanted) - (_meant(ignore) or frozenset())) | {INTERNAL_ERROR}


def _meant(lists: Iterable[str]) -> frozenset[str] | None:
    """The validators of all these names; None when there is no name."""
    names = [name.strip() for each in lists for name in each.split(",") if name.strip()]
    return frozenset(each for name in names for each in _named(name)) if names else None


def _named(name: str) -> frozenset[str]:
    home = families()
    found = frozenset(each for each, family in home.items() if fnmatchcase(each, name) or fnmatchcase(family, name))
    if not found:
        said = message("there is no validator or family named {name}", name=name)
        raise ConfigError(said, hint=suggestion(name, (*home, *home.values())))
    return found
