"""The words of one line of a flattened table sorted into its columns (数值行的切分)."""

import re
from collections.abc import Sequence

from extractors.frozen import frozen
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.flat_heads import FlatHead
from extractors.segment.tables.flat_levelled import levelled_row, weighs_levels
from extractors.vocabulary import is_outer

STRICT = ("weight", "score", "score_rate", "deduction")
LEVELS = ("level1", "level2", "level3", "indicator")
_REMARKS = ("comment", "rule", "definition")
_NUMBERS = ("number", "rate", "dash")
_NUMBERED_NAME = re.compile(r"指标\s*\d{1,2}\s*[:：.、]")


@frozen
class ValueRow:
    """A row's line taken apart (数值行). names: words in front. cells: (column, word). tail: words behind."""

    names: tuple[str, ...]
    cells: tuple[tuple[int, str], ...]
    tail: tuple[str, ...]


def remark_column(head: FlatHead) -> int | None:
    """The column of remarks, rules or explanations that running text may fill, or None."""
    return next((column for column in range(len(head.roles) - 1, -1, -1) if head.roles[column] in _REMARKS), None)


def value_row(text: str, head: FlatHead) -> ValueRow | None:
    """The line taken apart if it holds a row's numbers side by side, else None."""
    words = text.split()
    if len(words) < 2:
        return None
    serial: tuple[tuple[int, str], ...] = ()
    if head.roles[0] == "serial" and words[0].rstrip(".、").isdigit():
        serial, words = ((0, words[0]),), words[1:]
    if weighs_levels(head):
        levelled = levelled_row(words, head) if words else None
        return ValueRow(levelled[0], (*serial, *levelled[1]), ()) if levelled else None
    found = _by_columns(words, head) or _by_run(words, head)
    return ValueRow(found.names, (*serial, *found.cells), found.tail) if found else None


def _by_columns(words: Sequence[str], head: FlatHead) -> ValueRow | None:
    """One word for each column behind the names, up to the last column of numbers."""
    levels = [column for column, role in enumerate(head.roles) if role in LEVELS]
    strict = [column for column, role in enumerate(head.roles) if role in STRICT]
    if not levels or not strict:
        return None
    columns = list(range(levels[-1] + 1, strict[-1] + 1))
    open_end = strict[-1] + 1 < len(head.roles)
    for start in range(min(len(levels) + 1, len(words) - len(columns)), -1, -1):
        stop = start + len(columns)
        if stop < len(words) and not open_end:
            break
        cells = tuple(zip(columns, words[start:stop], strict=True))
        numbers = [kind_of(word) for column, word in cells if column in strict]
        if (
            len(numbers) >= 1
            and all(kind in _NUMBERS for kind in numbers)
            and any(kind != "dash" for kind in numbers)
            and not any(kind_of(word) in ("number", "rate") for word in words[:start])
            and not any(_is_name(word) for column, word in cells if column not in strict)
        ):
            return ValueRow(tuple(words[:start]), cells, tuple(words[stop:]))
    return None


def _is_name(word: str) -> bool:
    """Whether a word names an indicator and is no target: `质量指标`, `指标1：…`."""
    return is_outer(word) or bool(_NUMBERED_NAME.match(word))


def _by_run(words: Sequence[str], head: FlatHead) -> ValueRow | None:
    """Two numbers or more side by side, where columns of text are left blank."""
    strict = [column for column, role in enumerate(head.roles) if role in STRICT]
    if len(strict) < 2:
        return None
    kinds = [kind_of(word) in _NUMBERS for word in words]
    for start in range(len(words) - 2, -1, -1):
        if not (kinds[start] and kinds[start + 1]) or (start and kinds[start - 1]):
            continue
        stop = start
        while stop < len(words) and kinds[stop] and stop - start < len(strict):
            stop += 1
        numbers = words[start:stop]
        if any(kind_of(word) != "dash" for word in numbers):
            return ValueRow(
                tuple(words[:start]),
                tuple(zip(_columns_of(numbers, head, strict), numbers, strict=True)),
                tuple(words[stop:]),
            )
    return None


def _columns_of(numbers: Sequence[str], head: FlatHead, strict: Sequence[int]) -> list[int]:
    """The columns that a row's numbers stand in: in order, a rate in the column of rates where one is missing."""
    if len(numbers) >= len(strict):
        return list(strict[: len(numbers)])
    rates = [column for column in strict if head.roles[column] == "score_rate"]
    others = [column for column in strict if column not in rates]
    if rates and kind_of(numbers[-1]) == "rate":
        return [*others[: len(numbers) - 1], rates[0]]
    return [*others, *rates][: len(numbers)]
