"""Which lines of a row printed one cell below the other are names, texts and remark (竖排行的切分)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.segment.flow import Piece
from extractors.segment.headings import looks_closed
from extractors.segment.tables.draft import kind_of
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, SUBTOTAL_LABELS, TOTAL_LABELS, plain

_STRICT = ("weight", "score", "score_rate", "deduction")
_LEVELS = ("level1", "level2", "level3", "indicator")
_OUTER = frozenset(map(plain, (*LEVEL1, *LEVEL2)))
_KNOWN = _OUTER | frozenset(map(plain, LEVEL3))
_TOTALS = frozenset(map(plain, (*TOTAL_LABELS, *SUBTOTAL_LABELS)))
_MAX_NAME_LINES = 5
_MAX_NAME = 30
_MAX_PLAIN_NAME = 14


@dataclass(slots=True)
class SplitRow:
    """A row's lines sorted (切分结果). names: outermost first. texts: one for each column, or one for all of them.

    remark: of the row above, printed behind its numbers.
    """

    names: list[list[Piece]] = field(default_factory=list)
    texts: list[list[Piece]] = field(default_factory=list)
    remark: list[Piece] = field(default_factory=list)


def split_cells(pieces: list[Piece], roles: Sequence[str], *, first: bool) -> SplitRow:
    """Sort the lines in front of a row's numbers. first: no row stands above, so no remark can come first."""
    strict = [column for column, role in enumerate(roles) if role in _STRICT]
    levels = sum(1 for role in roles if role in _LEVELS)
    texts = sum(1 for role in roles[: strict[0]] if role not in (*_LEVELS, *_STRICT))
    remark: list[Piece] = []
    if roles[-1] not in _STRICT and not first:
        cut = _remark_length(pieces, texts)
        remark, pieces = pieces[:cut], pieces[cut:]
    if pieces and plain(pieces[0][0]).rstrip("：:") in _TOTALS:
        return SplitRow([pieces[:1]], [[piece] for piece in pieces[1:]], remark)
    if any(_is_weight(text) for text, _ in pieces) or len(pieces) > levels + texts:
        names, rest = _known_names(pieces, levels)
        if not names and rest and not texts:
            names, rest = [rest], []
    else:
        count = max(len(pieces) - texts, min(len(pieces), 1))
        names, rest = [[piece] for piece in pieces[:count]], pieces[count:]
    if rest and not texts:
        names, rest = ([*names[:-1], [*names[-1], *rest]] if len(names) == levels else [*names, rest]), []
    return SplitRow(names, _texts(rest, texts), remark)


def _texts(rest: list[Piece], columns: int) -> list[list[Piece]]:
    """The texts, one for each column where they are as many, else all as one."""
    if not rest:
        return []
    return [[piece] for piece in rest] if len(rest) <= columns else [rest]


def _is_weight(text: str) -> bool:
    """Whether a line is nothing but a weight in brackets: `（20分）`."""
    bare = plain(text)
    return bare.startswith("(") and bare.endswith(")") and kind_of(bare[1:-1].removesuffix("分")) in ("number", "rate")


def _remark_length(pieces: Sequence[Piece], texts: int) -> int:
    """How many lines at the front are the remark of the row above: up to a known name, or the surplus of sentences."""
    for position, (text, _) in enumerate(pieces[: max(len(pieces) - texts, 0)]):
        if plain(text).split("(")[0] in _OUTER or plain(text).rstrip("：:") in _TOTALS:
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
    return all(plain("".join(text for text, _ in name)).split("(")[0] in _OUTER for name in names)


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
