"""Settings go in, a predicate comes out that tells which notes are left out of judgement; they stay link targets."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, TypeAlias
from unicodedata import normalize

from vaultkit.config import FILE_NAME
from vaultkit.errors import ConfigError
from vaultkit.expressions import is_bounded
from vaultkit.insights.copies import copied
from vaultkit.language import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from vaultkit.config import Config, Obsidian

    Exclusion: TypeAlias = Callable[[str], bool]

_NAMED_GROUP = re.compile(r"\(\?<(?![=!])")

_STARS = re.compile(r"\*+")
_MOST_STARS = 4
"""Each of them may stand for any part of a path: five of them, for a thousand million divisions of a long one."""
_LONGEST = 255
"""What a name may have at the most; a filter that is quick on that is quick on a path."""


def exclusion(config: Config, obsidian: Obsidian) -> Exclusion:
    """Whether the note at a path is excluded by Obsidian's filters, a templates folder or `exclude`, or is a copy.

    However the disk encodes accents, and the settings. Raises ConfigError when an `exclude` glob is not one.
    """
    folders = (obsidian.templates_folder, config.templates)
    filters = [_composed(filter_) for filter_ in obsidian.ignore_filters if filter_]
    prefixes = tuple(f"{_composed(folder.strip('/'))}/" for folder in folders if folder and folder.strip("/"))
    prefixes += tuple(filter_ for filter_ in filters if not _is_expression(filter_))
    expressions = tuple(_expressions(filters))
    matches = _globs([_composed(glob) for glob in config.exclude]) if config.exclude else None

    if not prefixes and not expressions and matches is None:
        return _is_copy

    def excluded(path: str) -> bool:
        path = _composed(path)
        return (
            path.startswith(prefixes)
            or _is_copy(path)
            or any(expression.search(path) for expression in expressions)
            or (matches is not None and matches(path))
        )

    return excluded


def _is_copy(path: str) -> bool:
    """Whether a sync service made it of a note that was saved in two places: it would say everything twice."""
    return copied(path) is not None


def _composed(text: str) -> str:
    return text if text.isascii() else normalize("NFC", text)


def _is_expression(filter_: str) -> bool:
    return len(filter_) > 2 and filter_.startswith("/") and filter_.endswith("/")


def _expressions(filters: Iterable[str]) -> Iterable[re.Pattern[str]]:
    """Obsidian's `/expressions/`; one that Python cannot read excludes nothing, as a broken one does in Obsidian.

    Nor does one that might not come to an end: whoever gives us a vault must not be able to hang us.
    """
    for filter_ in filters:
        expression = _NAMED_GROUP.sub("(?P<", filter_[1:-1])
        if _is_expression(filter_) and is_bounded(expression, _LONGEST):
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # a `[[` in a class is fine in JavaScript
                    yield re.compile(expression)
            except re.error:
                continue


def _globs(globs: Sequence[str]) -> Callable[[str], bool]:
    import pathspec  # 30 ms, and most vaults exclude nothing by glob

    for glob in globs:
        if len(_STARS.findall(glob)) > _MOST_STARS:
            raise ConfigError(
                message("exclude: {glob} has more than {most} `*`, and might not end", glob=glob, most=_MOST_STARS),
                path=FILE_NAME,
            )

    try:
        return pathspec.GitIgnoreSpec.from_lines(globs).match_file
    except ValueError as error:
        raise ConfigError(message("exclude: {error}", error=str(error)), path=FILE_NAME) from None
