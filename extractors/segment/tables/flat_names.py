"""Which lines of a row printed one cell below the other are names, texts and remark (竖排行的切分)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.frozen import frozen
from extractors.segment.flow import Piece
from extractors.segment.headings import looks_closed
from extractors.segment.tables.draft import kind_of
from extractors.vocabulary import LEVEL3, OUTER, SUBTOTAL_LABELS, TOTAL_LABELS, is_outer, plain

STRICT = ("weight", "score", "score_rate", "deduction")
LEVELS = ("level1", "level2", "level3", "indicator")
_KNOWN = OUTER | frozenset(map(plain, LEVEL3))
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_MAX_NAME_LINES = 5
_MAX_NAME = 30
_MAX_PLAIN_NAME = 14
_FEWEST_ROWS = 4  # below the first, from which a habit of the table can be told


@frozen
class StackedColumns:
    """The columns of a stacked table by their place in a row (竖排列的次序); all are indices (0-based).

    names: levels, outermost first. middle: between the names and the last run of numbers. run: that run.
    behind: columns of text behind it. rates: how many columns of the run print a rate.
    """

    names: tuple[int, ...]
    middle: tuple[int, ...]
    run: tuple[int, ...]
    behind: tuple[int, ...]
    inner: tuple[int, ...]  # those of `middle` that hold a number
    rates: int = 0


def stacked_columns(roles: Sequence[str]) -> StackedColumns:
    """Sort the columns of a head by their place."""
    names = tuple(column for column, role in enumerate(roles) if role in LEVELS)
    strict = [column for column, role in enumerate(roles) if role in STRICT]
    last = strict[-1] if strict else -1
    first = last
    while first - 1 in strict:
        first -= 1
    run = tuple(range(first, last + 1)) if strict else ()
    middle = tuple(column for column in range(len(roles)) if column not in names and column < first)
    behind = tuple(column for column in range(last + 1, len(roles)) if column not in names) if strict else ()
    inner = tuple(column for column in middle if roles[column] in STRICT)
    rates = sum(1 for column in run if roles[column] == "score_rate")
    return StackedColumns(names, middle, run, behind, inner, rates)


@dataclass(slots=True)
class SplitRow:
    """A row's lines sorted (切分结果). names: outermost first. texts: by column; a text may span those behind it.

    remark: of the row above, printed behind its numbers.
    """

    names: list[list[Piece]] = field(default_factory=list)
    texts: dict[int, list[Piece]] = field(default_factory=dict)
    remark: list[Piece] = field(default_factory=list)


def remarks_follow(rows: Sequence[Sequence[Piece]], columns: StackedColumns) -> bool:
    """Whether every row has a remark behind it: each next one begins with a line more than its own name and texts.

    rows: the lines in front of each row's numbers. Rows of one group need no more than a name, and a table has some.
    """
    wanted = len(columns.middle) + 1
    inner = [pieces for pieces in rows[1:] if not any(_is_total(text) for text, _ in pieces)]
    return bool(columns.behind) and len(inner) >= _FEWEST_ROWS and all(len(pieces) > wanted for pieces in inner)


def _is_total(text: str) -> bool:
    return plain(text).rstrip("：:") in _TOTALS


def split_cells(pieces: list[Piece], columns: StackedColumns, *, first: bool, remarked: bool = False) -> SplitRow:
    """Sort the lines in front of a row's numbers. first: no row stands above, so no remark can come first.

    remarked: every row has a remark.
    """
    levels, texts = len(columns.names), len(columns.middle)
    remark: list[Piece] = []
    if columns.behind and not first:
        cut = max(_remark_length(pieces, texts), int(remarked))
        remark, pieces = pieces[:cut], pieces[cut:]
    if pieces and _is_total(pieces[0][0]):
        return SplitRow([pieces[:1]], _totals(pieces[1:], columns), remark)
    if columns.inner:
        cut = _before_weight(pieces, columns)
        names, rest = _grouped(pieces[:cut], levels), pieces[cut:]
    elif any(_is_weight(text) for text, _ in pieces) or len(pieces) > levels + texts:
        names, rest = _known_names(pieces, levels)
        if not names and rest and not texts:
            names, rest = [rest], []
    else:
        cut = max(len(pieces) - texts, min(len(pieces), 1))
        names, rest = [[piece] for piece in pieces[:cut]], pieces[cut:]
    if rest and not texts:
        names, rest = ([*names[:-1], [*names[-1], *rest]] if len(names) == levels else [*names, rest]), []
    return SplitRow(names, _texts(rest, columns), remark)


def _totals(pieces: Sequence[Piece], columns: StackedColumns) -> dict[int, list[Piece]]:
    """The numbers of a total row that stand in front of its last run."""
    return {column: [piece] for column, piece in zip(columns.inner or columns.middle, pieces, strict=False)}


def _before_weight(pieces: Sequence[Piece], columns: StackedColumns) -> int:
    """How many lines are names where a number stands among the texts: up to it, less the texts in front of it."""
    at = next((index for index, (text, _) in enumerate(pieces) if kind_of(text) == "number"), len(pieces))
    return max(at - columns.middle.index(columns.inner[0]), min(at, 1))


def _grouped(pieces: list[Piece], levels: int) -> list[list[Piece]]:
    """Lines of names as names: each its own, or joined where they are known or weighed."""
    if len(pieces) <= levels and not any(_is_weight(text) for text, _ in pieces):
        return [[piece] for piece in pieces]
    names, rest = _known_names(pieces, levels)
    if rest:
        names = [*names[:-1], [*names[-1], *rest]] if len(names) == levels else [*names, rest]
    return names


def _texts(rest: list[Piece], columns: StackedColumns) -> dict[int, list[Piece]]:
    """The texts by column: one each where they are as many, else what is too much is one text in the last."""
    middle = columns.middle
    if len(rest) <= len(middle):
        return {column: [piece] for column, piece in zip(middle, rest, strict=False)}
    single = middle.index(columns.inner[-1]) + 1 if columns.inner else 0
    single = min(single, len(middle) - 1)
    texts = {column: [piece] for column, piece in zip(middle[:single], rest[:single], strict=True)}
    texts[middle[single]] = rest[single:]
    return texts


def _is_weight(text: str) -> bool:
    """Whether a line is nothing but a weight in brackets: `（20分）`."""
    bare = plain(text)
    return bare.startswith("(") and bare.endswith(")") and kind_of(bare[1:-1].removesuffix("分")) in ("number", "rate")


def _remark_length(pieces: Sequence[Piece], texts: int) -> int:
    """How many lines at the front are the remark of the row above: up to a known name, or the surplus of sentences."""
    for position, (text, _) in enumerate(pieces):
        outer = position < len(pieces) - texts and is_outer(text)
        if outer or _is_total(text):
            return position
    surplus = len(pieces) - texts - 1
    count = 0
    while count < surplus and _is_sentence(pieces[count][0]):
        count += 1
    return count


def _is_sentence(text: str) -> bool:
    return len(text) > _MAX_PLAIN_NAME or any(mark in text for mark in "，。；,;")


def _known_names(pieces: list[Piece], levels: int) -> tuple[list[list[Piece]], list[Piece]]:
    """The names at the front, outermost first, and the rest."""
    names: list[list[Piece]] = []
    rest = list(pieces)
    while rest and len(names) < levels:
        taken = _name_length(rest)
        if not taken:
            break
        names.append(rest[:taken])
        rest = rest[taken:]
    weighed = any(_is_weight(text) for text, _ in pieces)
    if rest and len(names) < levels and not weighed and _all_outer(names) and not _is_sentence(rest[0][0]):
        names.append(rest[:1])
        rest = rest[1:]
    return names, rest


def _all_outer(names: Sequence[Sequence[Piece]]) -> bool:
    """Whether the names found so far are all of outer levels, so that the row's own name is still to come."""
    return all(is_outer("".join(text for text, _ in name)) for name in names)


def _name_length(pieces: Sequence[Piece]) -> int:
    """How many lines the name at the front takes: up to its weight in brackets, or up to a known name; 0 if none."""
    joined = ""
    known = 0
    for count, (text, _) in enumerate(pieces[:_MAX_NAME_LINES], start=1):
        if joined and _is_weight(text):
            return count
        joined += plain(text)
        if len(joined) > _MAX_NAME or looks_closed(text):
            break
        if joined in _KNOWN:
            known = count
        elif known and count > known + 1:
            break
    return known
