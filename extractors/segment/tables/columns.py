"""What the columns of a table are (列): names of levels, numbers, texts; from their heads and their cells."""

from collections.abc import Sequence
from itertools import zip_longest

from extractors.frozen import frozen
from extractors.segment.tables.draft import Draft, DraftRow, kind_of
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import plain

LEVELS = ("level1", "level2", "level3")
_NAME_ROLES = (*LEVELS, "indicator")


@frozen
class ColumnView:
    """The columns of one table (列视图); every tuple is parallel to the columns.

    roles: role of the head as `vocabulary.COLUMN_HEADS` names it, or ''. kinds: the kind that most cells of
    the body are, '' where none dominates. deepest: index of the innermost column of names, -1 if there is none.
    """

    heads: tuple[str, ...]
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    deepest: int

    def is_number(self, column: int) -> bool:
        """Whether the column holds weights, scores or rates by its head or, without a known head, by its cells."""
        role = self.roles[column]
        return role in ("weight", "score", "score_rate", "deduction") or (
            not role and self.kinds[column] in ("number", "rate")
        )

    @property
    def numeric(self) -> tuple[int, ...]:
        """Indices of the columns of numbers."""
        return tuple(column for column in range(len(self.roles)) if self.is_number(column))


@frozen
class Zone:
    """A stretch of rows below one header (表头所辖的行). header, body: rows of the draft, 0-based."""

    header: range
    body: range


def zones(draft: Draft) -> list[Zone]:
    """The stretches of a table that have a header of their own; a form (自评表) has its indicator table inside."""
    if draft.header_rows:
        return [Zone(range(draft.header_rows), range(draft.header_rows, len(draft.rows)))]
    if draft.roles:
        return [Zone(range(0), range(len(draft.rows)))]
    heads = [index for index, row in enumerate(draft.rows) if names_levels(row)]
    ends = [*heads, len(draft.rows)][1:]
    return [Zone(range(head, head + 1), range(head + 1, end)) for head, end in zip(heads, ends, strict=True)]


def names_levels(row: DraftRow) -> bool:
    """Whether a row inside a form heads its table of indicators: two levels or more, named side by side."""
    return len({role for text in row.texts if (role := head_role(text)) in LEVELS}) >= 2


def view(draft: Draft, zone: Zone) -> ColumnView:
    """The columns of one zone of the draft."""
    width = draft.width
    heads = _head_texts(draft, zone.header, width)
    roles = draft.roles[:width] if draft.roles else tuple(_role(path) for path in heads)
    rows = [draft.rows[index].texts for index in zone.body if index not in draft.repeated]
    kinds = tuple(map(_usual_kind, zip_longest(*rows, fillvalue="")))
    kinds += ("",) * (width - len(kinds))  # of columns that only the heads have
    named = [column for column, role in enumerate(roles) if role in _NAME_ROLES]
    return ColumnView(tuple(path[-1] if path else "" for path in heads), roles, kinds, max(named, default=-1))


def _usual_kind(texts: Sequence[str]) -> str:
    """The kind that at least seven tenths of a column's filled cells are, or ''."""
    kinds = [kind for kind in map(kind_of, filter(None, texts)) if kind not in ("blank", "dash")]
    found = set(kinds)
    if len(found) < 2:  # as nearly always
        return found.pop() if found else ""
    best = max(found, key=lambda kind: (kinds.count(kind), kind))
    return best if kinds.count(best) * 10 >= len(kinds) * 7 else ""


def _head_texts(draft: Draft, header: range, width: int) -> list[tuple[str, ...]]:
    """For each of so many columns the texts of the header cells above it, top down."""
    paths: list[list[str]] = [[] for _ in range(width)]
    for index in header:
        for column, cell in enumerate(draft.rows[index].cells):
            if cell is not None and (text := cell.flow.text):
                for covered in range(column, min(column + cell.column_span, width)):
                    paths[covered].append(plain(text))
    return [tuple(path) for path in paths]


def _role(path: tuple[str, ...]) -> str:
    """The role that a column's heads name; `一级指标 / 名称` is level1, `一级指标 / 权重` is weight."""
    for head in reversed(path):
        role = head_role(head)
        if role is not None:
            return role
    return ""
