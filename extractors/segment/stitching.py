"""Linking the pieces of one table (表格拼接): a page break parts a table, the header is often printed again."""

import re
from collections.abc import Sequence
from operator import eq

from extractors.pages import Line
from extractors.segment.tables.captions import take_title_rows
from extractors.segment.tables.draft import Draft, DraftRow, kind_of
from extractors.segment.tables.heads import header_depth, is_form, spread_head
from extractors.vocabulary import TOTAL_LABELS, plain

_MAX_GAP = 12
_LEAST_ALIKE = 4  # cells; seven tenths of at least as many are alike in rows that are
_REPEATED = "跨页接续：表头在换页处重复"
_CONTINUED = re.compile(r"\s*(?:[（(]?\s*(?:续\s*上?\s*表|接上[页表]).{0,40}|.{0,40}[（(]\s*续\s*表?\s*[)）]\s*)")


def stitch(lines: Sequence[Line], drafts: Sequence[Draft]) -> list[Draft]:
    """Join neighbouring pieces of one table. lines: those without content, such as page marks, as blank ones."""
    joined: list[Draft] = []
    for draft in drafts:
        take_title_rows(lines, draft)
        spread_head(draft)
        if not draft.header_rows and not is_form(draft):
            draft.header_rows = header_depth(draft.rows, draft.width)
        draft.widest = draft.width
        _mark_repeated(draft, 0, draft.rows[: draft.header_rows])
        if joined and _only_blank_between(lines, joined[-1], draft):
            reason = _torn_head(joined[-1], draft) or _reason(joined[-1], draft)
            if reason:
                _append(joined[-1], draft, reason)
                continue
        joined.append(draft)
    return joined


def _only_blank_between(lines: Sequence[Line], before: Draft, after: Draft) -> bool:
    """Whether only blank lines, and words such as 续表, stand between two pieces."""
    between = range(before.end, after.start)
    return len(between) <= _MAX_GAP and all(
        not lines[index].text.strip() or _CONTINUED.fullmatch(lines[index].text) for index in between
    )


def _key(row: DraftRow) -> tuple[str, ...]:
    """A row for comparing: plain texts without blank cells at the end."""
    texts = ["" if cell is None else plain(cell.flow.text) for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _alike(head: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """Whether a row repeats a header's row: the same texts, but for a few that were read differently."""
    if head == row:
        return True
    if sum(map(eq, head, row)) * 10 < _LEAST_ALIKE * 7:  # as nearly always
        return False
    if not head or abs(len(head) - len(row)) > 1 or any(kind_of(text) in ("number", "rate") for text in row):
        return False
    pairs = [(one, other) for one, other in zip(head, row, strict=False) if one or other]
    return sum(one == other for one, other in pairs) * 10 >= max(len(pairs), _LEAST_ALIKE) * 7


def _torn_head(before: Draft, after: Draft) -> str:
    """Why `after` goes on with the head that `before` is all of (Chinese), or '': the page broke inside the head."""
    whole = before.rows + after.rows
    if before.method != after.method or before.width != after.width or before.header_rows < len(before.rows):
        return ""
    if _alike(_key(before.rows[0]), _key(after.rows[0])) or header_depth(whole, before.width) <= len(before.rows):
        return ""
    return "跨页接续：换页处断开表头"


def _reason(before: Draft, after: Draft) -> str:
    """Why `after` goes on with `before` (Chinese), or '' where it does not."""
    if before.method != after.method or (after.caption and after.caption != before.caption):
        return ""
    depth = before.header_rows
    same = 0
    while same < min(depth, len(after.rows)) and _alike(_key(before.rows[same]), _key(after.rows[same])):
        same += 1
    ended = before.rows[-1].label.rstrip("：:") in TOTAL_LABELS
    if depth and same == depth:
        return "" if ended else _REPEATED
    if depth and same and after.header_rows <= same:
        return "" if ended else "跨页接续：表头的首行在换页处重复"
    if after.header_rows == 0 and not is_form(after) and after.widest == before.widest and not ended:
        return "跨页接续：列数相同，其间只有空行或页码，且未另起表头"
    return ""


def _append(before: Draft, after: Draft, reason: str) -> None:
    """Put the rows of `after` below those of `before`."""
    at = len(before.rows)
    before.breaks.append((at, reason))
    before.breaks.extend((at + row, why) for row, why in after.breaks)
    before.rows.extend(after.rows)
    before.notes.extend(after.notes)
    before.widest = max(before.widest, after.widest)
    before.end = after.end
    if before.header_rows == at:
        before.header_rows = header_depth(before.rows, before.width)
    _mark_repeated(before, at, before.rows[: before.header_rows])


def _mark_repeated(draft: Draft, start: int, header: Sequence[DraftRow]) -> None:
    """Note the rows from `start` on that repeat the header's rows in their order; each time a new piece begins."""
    keys = [_key(row) for row in header]
    kept = len(draft.breaks)
    while kept and draft.breaks[kept - 1][0] >= start:
        kept -= 1
    found = dict(draft.breaks[kept:])
    index = max(start, draft.header_rows)
    while keys and index < len(draft.rows):
        run = 0
        while run < len(keys) and index + run < len(draft.rows) and _alike(keys[run], _key(draft.rows[index + run])):
            run += 1
        if run:
            draft.repeated.update(range(index, index + run))
            found.setdefault(index, _REPEATED)
        index += run or 1
    draft.breaks[kept:] = sorted(found.items())
