"""Rows whose columns are shifted (错列的行): put back where the columns' kinds leave one way only."""

from collections.abc import Iterator

from extractors.provenance import Note
from extractors.segment.tables.columns import LEVELS, ColumnView
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.vocabulary import LEVEL1, LEVEL2, LEVEL3, plain

_STRICT = ("weight", "score", "score_rate")
_ONLY_LEVEL1 = frozenset(plain(name) for name in LEVEL1 if name not in LEVEL2 + LEVEL3)
_ONLY_LEVEL2 = frozenset(plain(name) for name in LEVEL2 if name not in LEVEL1 + LEVEL3)
_HARD, _SOFT = 4, 1
_MAX_INSERTED = 2
_LEAST_FIGURES = 2  # of a total row that tell where they belong


def realign(draft: Draft, columns: ColumnView, body: range) -> None:
    """Move the cells of shifted rows, with a note for each; rows that fit, or fit in several ways, stay."""
    strict = any(role in _STRICT for role in columns.roles)
    for index in body:
        row = draft.rows[index]
        if index in draft.repeated or any(cell is None or cell.declared for cell in row.cells):
            continue
        moved = _wide_total(row, columns) or (strict and (_total_in_place(row, columns) or _best(row, columns))) or None
        if moved is not None:
            row.cells = moved
            message = f"第 {index + 1} 行的单元格与表头错列，已按列的内容移正。"
            draft.notes.append(Note("shifted-row", message, row.first.span()))


def _faults(texts: list[str], columns: ColumnView) -> int:
    """How badly the cells fit their columns: _HARD for a cell of the wrong kind, _SOFT for a misplaced name."""
    width = max((column for column, head in enumerate(columns.heads) if head), default=len(columns.heads) - 1) + 1
    return sum(_fault(text, column, columns, width) for column, text in enumerate(texts) if text)


def _fault(text: str, column: int, columns: ColumnView, width: int) -> int:
    """How badly one filled cell fits its column."""
    role, kind = columns.roles[column], kind_of(text)
    if column >= width:
        return _HARD
    if role in _STRICT:
        return _HARD * _wrong_kind(kind, columns.kinds[column], role)
    if role in (*LEVELS, "indicator"):
        name = plain(text)
        misplaced = (name in _ONLY_LEVEL1 and role != "level1") or (
            name in _ONLY_LEVEL2 and role in ("level1", "level3")
        )
        return _HARD if kind in ("number", "rate") else _SOFT * misplaced
    return 0


def _wrong_kind(kind: str, usual: str, role: str) -> bool:
    """Whether a cell of this kind cannot stand in a column of weights, scores or rates."""
    if kind in ("blank", "dash"):
        return False
    if usual in ("number", "rate"):
        return kind != usual and not (role == "score_rate" and kind == "number")
    return kind == "text" and usual == ""


def _best(row: DraftRow, columns: ColumnView) -> list[DraftCell | None] | None:
    """The one shift of the row that fits best, or None where the row fits or no shift is clearly better."""
    now = _faults(row.texts, columns)
    if not now:
        return None
    found: dict[tuple[str, ...], tuple[int, list[DraftCell | None]]] = {}
    for cells in _shifts(row.cells, len(columns.heads)):
        texts = ["" if cell is None else cell.text for cell in cells]
        if (
            now < _HARD
            and _plausible(row.texts, columns)
            and _measures(texts, columns) != _measures(row.texts, columns)
        ):
            continue  # a name in an unusual place is no reason to move numbers that stand where they belong
        faults = _faults(texts, columns)
        if faults < min(now, _HARD) and _filled(texts, columns) >= _filled(row.texts, columns):
            found.setdefault(tuple(texts), (faults, cells))
    least = min((faults for faults, _ in found.values()), default=0)
    best = [cells for faults, cells in found.values() if faults == least]
    return best[0] if len(best) == 1 else None


def _wide_total(row: DraftRow, columns: ColumnView) -> list[DraftCell | None] | None:
    """A total row whose label spans 序号 and the names, as text keeps it: its figures moved below those they add up.

    None where a figure stands below figures right behind the label, or would come below cells of another kind.
    """
    label, width = row.cells[0] if row.cells else None, len(columns.heads)
    names = next((at for at, kind in enumerate(columns.kinds) if at and kind != "text"), width) - 1
    if label is None or not row.is_total or not label.text or not 0 < names <= _MAX_INSERTED:
        return None
    rest = row.cells[1:]
    end = 1 + max((at for at, cell in enumerate(rest) if cell is not None and cell.text), default=-1)
    kinds = [kind_of(cell.text) if cell is not None else "blank" for cell in rest[:end]]
    if end < _LEAST_FIGURES or kinds[0] not in ("number", "rate") or end + names + 1 > width:
        return None
    if any(kind not in ("blank", "dash", columns.kinds[at + names + 1]) for at, kind in enumerate(kinds)):
        return None
    return [
        label,
        *(DraftCell() for _ in range(names)),
        *rest[:end],
        *(DraftCell() for _ in range(width - names - 1 - end)),
    ]


def _total_in_place(row: DraftRow, columns: ColumnView) -> list[DraftCell | None] | None:
    """A total row whose merged cells were printed as one: its numbers put below the weights and the scores.

    None where the row reaches that far already, or has more or fewer numbers than there are such columns.
    """
    strict = [column for column, role in enumerate(columns.roles) if role in (*_STRICT, "deduction")]
    filled = [cell for cell in row.cells if cell is not None and cell.text]
    numbers = filled[1:]
    if not row.is_total or len(numbers) != len(strict) or not strict or len(strict) < 2:
        return None
    kinds = [kind_of(cell.text) for cell in numbers]
    if row.texts.index(numbers[0].text) >= strict[0] or any(kind not in ("number", "rate", "dash") for kind in kinds):
        return None
    placed: list[DraftCell | None] = [DraftCell() for _ in columns.heads]
    placed[0] = filled[0]
    for column, cell in zip(strict, numbers, strict=True):
        placed[column] = cell
    return placed


def _shifts(cells: list[DraftCell | None], width: int) -> Iterator[list[DraftCell | None]]:
    """The row with leading blank cells dropped, with blank cells put in front, with one name moved right."""
    size = max(width, len(cells))
    lead = next((index for index, cell in enumerate(cells) if cell is not None and cell.text), 0)
    end = 1 + max((index for index, cell in enumerate(cells) if cell is not None and cell.text), default=0)
    for count in range(1, lead + 1):
        yield [*cells[count:], *(DraftCell() for _ in range(count))]
    for count in range(1, min(size - end, _MAX_INSERTED) + 1):
        yield [*(DraftCell() for _ in range(count)), *cells[: size - count]]
    after = cells[lead + 1] if lead + 1 < len(cells) else None
    if after is not None and not after.text:
        yield [*cells[:lead], after, cells[lead], *cells[lead + 2 :]]


def _measures(texts: list[str], columns: ColumnView) -> list[str]:
    """What stands in the columns of weights, scores and rates."""
    return [text for text, role in zip(texts, columns.roles, strict=False) if role in _STRICT]


def _plausible(texts: list[str], columns: ColumnView) -> bool:
    """Whether numbers without percent sign stand in all filled columns of weights and scores."""
    measures = [text for text, role in zip(texts, columns.roles, strict=False) if role in ("weight", "score") and text]
    return bool(measures) and all(kind_of(text) in ("number", "dash") for text in measures)


def _filled(texts: list[str], columns: ColumnView) -> int:
    """How many of the columns of weights, scores and rates are filled."""
    return sum(
        1 for column, role in enumerate(columns.roles) if role in _STRICT and column < len(texts) and texts[column]
    )
