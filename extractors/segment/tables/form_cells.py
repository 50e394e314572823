"""Self-evaluation forms printed one cell below the other (竖排自评表): read by the labels of the standard form.

Source of the form: 财预〔2020〕10号 and the finance departments' annual notices on self-evaluation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.pages import Line
from extractors.segment.flow import Piece, cell_flow
from extractors.segment.headings import label_of
from extractors.segment.noise import is_page_mark
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.flat_heads import FlatHead, read_head
from extractors.segment.tables.flat_names import LEVELS, STRICT
from extractors.segment.tables.flat_stream import StreamRow, stream_drafts, stream_rows
from extractors.segment.tables.flattened import Limits
from extractors.segment.tables.stacked_table import drafted, read_stacked
from extractors.vocabulary import TOTAL_LABELS, is_outer, plain

_FIRST = re.compile(r"\*?(?:转移支付)?(?:\(?(?:项目|专项|政策|资金|部门|单位)\)?){1,2}(?:\(.{1,6}\))?名称[:：]?")
_FIELD = re.compile(
    r"(?:(?:中央|地方|省级|市级|县级)?主管(?:预算)?(?:部门|单位)|(?:资金)?使用单位|实施单位|项目(?:实施)?单位|预算单位|填报单位|项目负责人|负责人|联系电话|联系人|项目属性|项目类别|项目类型|项目期限"
    r"|起止时间|实施期限|资金用途|预算部门|财政归口科室|归口处室)(?:及代码)?(?:\((?:盖章|公章|签章)\))?[:：]?"
)
_OPENS_ROW = re.compile(r"(?:(?:中央|地方|省级|市级|县级)?主管|项目负责人|项目属性|项目类|填报单位|预算部门|起止)")
_MONEY = re.compile(
    r"(?:项目资金|预算资金|资金情况|(?:部门|项目)?(?:预算|资金)(?:执行|投入)情况|年度资金|年度预算数?|资金来源)(?:\(.{1,6}\))?[:：]?"
)
_MONEY_HEAD = re.compile(
    r"(?:(?:年初|全年|调整后?)?预算数?|(?:全年|预算)?执行数|(?:全年|实际)支出数|分值|权重|(?:预算)?执行率|执行率\(%\)|(?:自评)?得分|原因)(?:\(.{1,10}\))?"
)
_MONEY_HEAD_BEGINS = re.compile(r"年初|全年|年度|本年|调整后?|实际|预算|自评")
_MONEY_ROW = re.compile(
    r"(?:年度(?:资金总额|部门预算支出)|资金总额|总[计额]|(?:其中[:：])?(?:当年)?(?:本级|中央|省级|市级|县级|区级)?财政(?:拨款|资金|补助资金)"
    r"|(?:其中[:：])?上年结转(?:资金)?|(?:其中[:：])?(?:其他|地方|中央|省级|市级|县级|自有|单位|财政专户管理)资金|(?:基本|项目)支出|其中[:：].{1,12})[:：]?"
)
_GOAL = re.compile(r"(?:\d\.)?(?:年度|总体|项目|项目年度|年度总体|年度绩效|总体绩效)?(?:绩效)?目标(?:完成情况)?")
_OTHER = re.compile(
    r"(?:资金管理|项目管理|(?:项目)?基本)情况|(?:年度)?(?:主要|重点)(?:工作)?任务(?:完成情况)?|(?:\d\.)?项目实施内容(?:及过程概述)?"
)
_GOAL_HEAD = re.compile(
    r"(?:年初设定目标|预期目标|总体目标|(?:项目)?年度目标|年初目标|实际完成情况|目标实际完成情况|全年实际完成情况|(?:年度目标)?完成情况)"
)
_INDICATORS = re.compile(r"(?:(?:年度)?绩效指标(?:完成情况)?|指标)(?:\(\d{1,3}分\))?")
_MAX_TARGET = 80
_LOOK_AHEAD = 60
_MIN_LABELS = 5
_WIDTH = 9


@dataclass(slots=True)
class _Form:
    """A form as it is read. rows: cells by column."""

    rows: list[tuple[dict[int, list[Piece]], list[Line]]] = field(default_factory=list)

    def open_row(self, line: Line) -> None:
        """Begin a new row."""
        self.rows.append(({}, [line]))

    def put(self, column: int, piece: Piece) -> None:
        """Put a stretch of text into a cell of the last row."""
        cells, lines = self.rows[-1]
        cells.setdefault(column, []).append(piece)
        lines.append(piece[1])

    @property
    def next_column(self) -> int:
        """The first column behind the last filled one."""
        return max(self.rows[-1][0], default=-1) + 1


def find_form_cells(lines: Sequence[Line], free: Sequence[bool]) -> list[Draft]:
    """All forms of this layout. free: parallel to `lines`, whether the line is still unclaimed."""
    drafts = []
    limits = Limits(lines, free)
    index = 0
    while index < len(lines):
        text = lines[index].text
        if free[index] and "名称" in text and _FIRST.fullmatch(plain(text)) and _is_form(lines, free, index):
            draft = _read(lines, free, index, limits)
            drafts.append(draft)
            index = draft.end
        else:
            index += 1
    return drafts


def _is_form(lines: Sequence[Line], free: Sequence[bool], start: int) -> bool:
    """Whether enough labels of the form stand, each on its own line, below the first."""
    labels = seen = 0
    for index in range(start, min(start + 3 * _LOOK_AHEAD, len(lines))):
        text = plain(lines[index].text[:40])
        if not free[index] or seen >= _LOOK_AHEAD:
            break
        if text:
            seen += 1
            labels += any(pattern.fullmatch(text) for pattern in (_FIELD, _MONEY, _MONEY_HEAD, _MONEY_ROW, _GOAL_HEAD))
    return labels >= _MIN_LABELS


def _read(lines: Sequence[Line], free: Sequence[bool], start: int, limits: Limits) -> Draft:
    """The form that begins at the line `start`."""
    form = _Form()
    index, end = start, start + 1
    mode = "field"
    head: FlatHead | None = None
    while index < len(lines) and free[index]:
        text = lines[index].text.strip()
        if text and not is_page_mark(text):
            bare = plain(text)
            if index > start and _FIRST.fullmatch(bare):
                break
            head = read_head(lines, index, free) if mode in ("money", "goal", "other", "indicators") else None
            if head is not None and head.roles[0] in ("level1", "level2"):
                break
            if mode == "field" and len(text) > 200:
                break
            mode = _take(form, mode, bare, (text, lines[index]))
            end = index + 1
        index += 1
    rows = [_drafted(cells, used) for cells, used in form.rows]
    fitted = read_stacked(lines, free, head, limits.behind(head.end)) if head is not None else None
    if head is not None and fitted is not None and fitted.rows:
        rows.append(_head_row(head, lines, rows))
        rows.extend(drafted(row, fitted.width, shift=1) for row, _ in fitted.rows)
        end = fitted.end
    elif head is not None:
        stream = stream_rows(lines, head, limits.behind(head.end))
        rows.append(_head_row(head, lines, rows))
        rows.extend(_indicator_rows(stream, head))
        end = stream[-1].index + 1 if stream else head.end
        if not any(role in STRICT for role in head.roles):
            targets, end = _target_rows(lines, head, limits.behind(head.end))
            rows.extend(targets)
    return Draft("one-cell-per-line", rows, start, end)


def _take(form: _Form, mode: str, bare: str, piece: Piece) -> str:
    """Put one line into the form; hands back what kind of value comes next."""
    opens = _opens(bare, mode)
    if opens is not None:
        form.open_row(piece[1])
        form.put(opens[0], piece)
        return opens[1]
    if mode == "field" and _FIELD.fullmatch(bare):
        form.put(max(form.next_column, 2), piece)
    elif mode == "money-head" and _is_money_head(bare):
        form.put(_money_column(form, bare), piece)
    elif mode == "goal-head" and _GOAL_HEAD.fullmatch(bare):
        form.put(1 if form.next_column <= 1 else 5, piece)
    else:
        return _take_value(form, mode, bare, piece)
    return mode


def _is_money_head(bare: str) -> bool:
    """Whether a line is a head of the money rows, a part of one, or goes on in brackets."""
    return bare.startswith("(") or bool(_MONEY_HEAD.fullmatch(bare) or _MONEY_HEAD_BEGINS.fullmatch(bare))


def _money_column(form: _Form, bare: str) -> int:
    """The column of a head of money: `年初` and `预算数` below it are one; brackets go on with what stands above."""
    last = form.next_column - 1
    above = plain("".join(text for text, _ in form.rows[-1][0].get(last, ()))) if last >= 2 else ""
    if bare.startswith("("):
        return last if above else 0
    goes_on = _MONEY_HEAD_BEGINS.fullmatch(above) and _MONEY_HEAD.fullmatch(above + bare)
    return last if goes_on else max(form.next_column, 2)


def _opens(bare: str, mode: str) -> tuple[int, str] | None:
    """The column of a label that begins a row and the kind of value behind it; None for any other line."""
    if _FIRST.fullmatch(bare) or (_FIELD.fullmatch(bare) and _OPENS_ROW.match(bare)):
        return 0, "field"
    if _MONEY.fullmatch(bare):
        return 0, "money-head"
    if _MONEY_ROW.fullmatch(bare) and mode in ("money-head", "money"):
        return 1, "money"
    if _GOAL.fullmatch(bare) and mode in ("money", "money-head", "field", "other"):
        return 0, "goal-head"
    if _OTHER.fullmatch(bare) and mode in ("money", "field", "goal"):
        return 0, "other"
    return None


def _take_value(form: _Form, mode: str, bare: str, piece: Piece) -> str:
    """Put a value behind its label."""
    if mode == "other" and not _INDICATORS.fullmatch(bare):
        form.put(1, piece)
        return mode
    if mode == "goal-head" or (mode == "goal" and not _INDICATORS.fullmatch(bare)):
        if mode == "goal-head":
            form.open_row(piece[1])
        form.put(1 if form.next_column <= 1 else 5, piece)
        return "goal"
    if _INDICATORS.fullmatch(bare) and mode in ("goal", "other", "money"):
        form.open_row(piece[1])
        form.put(0, piece)
        return "indicators"
    if (
        mode == "money"
        and kind_of(bare) == "text"
        and form.rows[-1][0].get(1)
        and form.next_column == 2
        and not any(c.isdigit() for c in bare)
    ):
        form.put(1, piece)
        return mode
    form.put(form.next_column if mode == "money" or form.next_column in (1, 3) else form.next_column - 1, piece)
    return mode


def _drafted(cells: dict[int, list[Piece]], used: list[Line]) -> DraftRow:
    """A row of the form in its columns."""
    width = max(_WIDTH, max(cells, default=0) + 1)
    return DraftRow([DraftCell(cell_flow(cells.get(column, ()))) for column in range(width)], used[0], used[-1])


def _head_row(head: FlatHead, lines: Sequence[Line], rows: list[DraftRow]) -> DraftRow:
    """The head of the indicators, behind 绩效指标 where that stands alone on the row above."""
    cells: list[DraftCell | None] = [DraftCell(cell_flow(pieces)) for pieces in head.columns]
    first = lines[head.start]
    label: DraftCell | None = DraftCell()
    if rows and rows[-1].text(0) and not any(rows[-1].texts[1:]) and _INDICATORS.fullmatch(plain(rows[-1].text(0))):
        above = rows.pop()
        label, first = above.cells[0], above.first
    return DraftRow([label, *cells], first, lines[head.end - 1])


def _target_rows(lines: Sequence[Line], head: FlatHead, limit: int) -> tuple[list[DraftRow], int]:
    """Rows of a form that declares targets and scores nothing: names, then one line for each column of text."""
    levels = sum(1 for role in head.roles if role in LEVELS)
    texts = len(head.roles) - levels
    rows: list[DraftRow] = []
    end = head.end
    names: list[Piece] = []
    values: list[Piece] = []
    for index in range(head.end, limit):
        text = lines[index].text.strip()
        if not text or is_page_mark(text):
            continue
        bare = plain(text)
        if _FIRST.fullmatch(bare) or len(names) > levels or len(text) > _MAX_TARGET or label_of(text) is not None:
            break
        outer = is_outer(bare) and not values and len(names) < levels - 1
        (names if outer or len(names) == 0 or is_outer(names[-1][0]) else values).append((text, lines[index]))
        if len(values) == texts:
            cells = [DraftCell() for _ in range(1 + levels - len(names))]
            cells.extend(DraftCell(cell_flow([piece])) for piece in (*names, *values))
            rows.append(DraftRow(list(cells), names[0][1], values[-1][1]))
            names, values, end = [], [], index + 1
    return rows, end


def _indicator_rows(stream: Sequence[StreamRow], head: FlatHead) -> list[DraftRow]:
    """The rows of indicators, one column to the right; a total's label stands in the first."""
    rows: list[DraftRow] = []
    for row, (cells, _) in zip(stream, stream_drafts(stream, head), strict=True):
        used = [line for _, line in (*row.text, *row.numbers)]
        first = cells[0]
        total = first is not None and plain(first.text).rstrip("：:") in TOTAL_LABELS
        placed = [first, DraftCell(), *cells[1:]] if total else [DraftCell(), *cells]
        rows.append(DraftRow(placed, used[0], used[-1]))
    return rows
