"""Header blocks (表头): how many rows from the top name the columns, and which cells span which."""

import re
from collections.abc import Callable

from extractors.remembered import Remembered
from extractors.segment.tables.draft import Draft, DraftCell, DraftRow, kind_of
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import plain

_GENERIC = re.compile(
    r"(?:名称|名|序号|编号|项目|内容|金额|数量|单位|备注|说明|年份|年度|\d{4}年度?|[一二三四]级指标.*|权重.*|分值.*|得分.*|比例|占比|合计|小计|预算.*|决算.*"
    r"|执行.*|支出.*|收入.*|(?:下达|到位|安排|拨付|分配|批复|使用|结余|结转)?资金.*|(?:下达|到位|拨付|结余|结转|缴纳|发放)(?:金额|数|额)?|用途|实际.*|计划.*|目标.*|完成.*|同比.*|增长.*|增幅|时间|日期|地区|区域|县.{0,3}|区县|乡镇|镇街|镇办|街道|村|学校|片区|标段|市州|州市|盟市|旗县|园区|企业.*|评价.*|指标.*|标准.*"
    r"|类别|类型|阶段|方式|方法|来源|依据|要求|级次|科目.*|差异.*|偏差.*|结果|等级|等次|评分.*|评语|得分率|扣分.*|选项|人数|户数|份数|频数|百分比|满意.*"
    r"|.{0,8}(?:额|率|数|量|值|度|情况|部门|单位|名称|标准|说明|办法|原因))"
)
_FORM_KEYS = (
    "项目名称",
    "主管部门",
    "实施单位",
    "部门名称",
    "单位名称",
    "预算部门",
    "填报单位",
    "专项名称",
    "项目单位",
    "主管单位",
    "预算单位",
    "资金名称",
    "转移支付名称",
    "专项资金名称",
)
_FORM_LABEL = re.compile(
    r"(?:项目|专项|政策|部门|单位|转移支付)?(?:资金)?(?:[(].{1,8}[)])?名称|(?:中央|地方|省级|市级|县级|区级)?(?:主管|项目实施|项目|实施|填报|预算|资金使用|牵头|责任)(?:预算)?(?:部门|单位)"
    r"|项目(?:类别|类型|属性|性质|分类|负责人|概况|期限|周期|总额|资金)|(?:部门|单位|项目)?(?:资金|预算)(?:投入|执行|安排)?情况|(?:年度|总体)(?:总体)?(?:绩效)?目标\d?|绩效(?:指标|目标)\d?"
    r"|联系(?:人|电话)|填报(?:人|日期|时间)|(?:起止|实施)(?:时间|期限)|单位负责人|负责人"
)
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_IN_BRACKETS = re.compile(r"[(][^()]{0,16}[)]$")
_INNER = re.compile(r"[(][^()]{1,6}[)](?=.)")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")
MAX_HEADER_ROWS = 4
_LEVELS = ("level1", "level2", "level3")
_MAX_KEY = 20  # characters
_MAX_LABEL = 40


def is_head(text: str) -> bool:
    """Whether a cell's text names a column."""
    bare = plain(text)
    return head_role(bare) is not None or bool(_GENERIC.fullmatch(_BRACKETS.sub("", bare) or bare))


def begins_form(text: str) -> bool:
    """Whether a cell is the label that a form (自评表) begins with."""
    return _key(text[:_MAX_KEY]) in _FORM_KEYS


def _key(text: str) -> str:
    """A label without brackets and marks: `部门（单位）名称：` is 部门名称."""
    return _INNER.sub("", plain(text).rstrip("：:").lstrip("*"))


def _labels_field(text: str) -> bool:
    bare = plain(text[:_MAX_LABEL]).rstrip("：:").lstrip("*").removesuffix("及代码")
    for _ in range(2):  # `预算执行情况（万元）（20分）`
        if _FORM_LABEL.fullmatch(bare):
            return True
        bare = _IN_BRACKETS.sub("", bare)
    return bool(_FORM_LABEL.fullmatch(bare))


is_form_label: Callable[[str], bool] = Remembered(_labels_field, _MAX_LABEL, 4096).__getitem__
"""Whether a cell is the label of a field in a form (自评表的栏目): its value stands beside it."""


def is_form(draft: Draft) -> bool:
    """Whether the table is a form (自评表): its first rows are names of fields with their values beside them."""
    return any(_form_row(row) for row in draft.rows[:4])


def _form_row(row: DraftRow) -> bool:
    texts = [plain(text).rstrip("：:") for text in row.texts if text]
    return (
        bool(texts)
        and _key(texts[0]) in _FORM_KEYS
        and len(texts) <= 4
        and not any(head_role(text) for text in texts[1:])
    )


def header_depth(rows: list[DraftRow], width: int) -> int:
    """How many rows from the top are header; 0 where the first row holds values already."""
    if not rows or _has_values(rows[0]):
        return 0
    if sum(1 for text in rows[0].texts if text) < 2 and len(rows) > 1 and width > 2:
        return 0
    depth = 1
    while depth < min(len(rows) - 1, MAX_HEADER_ROWS) and _is_header_row(rows, depth, width):
        depth += 1
    return depth


def _has_values(row: DraftRow) -> bool:
    """Whether the row holds a number that is not a year, or a rate."""
    return any(kind_of(text) in ("number", "rate") and not _YEAR.fullmatch(text) for text in row.texts)


def _is_header_row(rows: list[DraftRow], index: int, width: int) -> bool:
    """Whether the row below a header belongs to it: it names columns, below cells that span or are blank."""
    row, above = rows[index], rows[index - 1]
    texts = row.texts
    filled = [column for column, text in enumerate(texts) if text]
    if not filled or _has_values(row) or row.is_total:
        return False
    heads = sum(1 for column in filled if is_head(texts[column]))
    gaps = sum(1 for column in filled if not above.text(column))
    if heads == len(filled):
        return gaps > 0 or sum(1 for column in filled if head_role(texts[column])) * 2 > len(filled)
    return gaps * 2 >= len(filled) and heads * 2 >= len(filled) and not texts[0]


def spread_head(draft: Draft) -> None:
    """Put the cells of a first header row over their columns where merged cells were printed as one.

    The second row has a cell for every column, blank below those of the first that reach down; the others of the
    first row share its filled ones, in equal parts. Where that does not come out even, nothing is moved.
    """
    if len(draft.rows) < 3 or draft.header_rows:
        return
    top, below = draft.rows[:2]
    heads = [cell for cell in top.cells if cell is not None and cell.text]
    texts = below.texts
    filled = [column for column, text in enumerate(texts) if text]
    spanning = len(heads) - (len(texts) - len(filled))
    if len(texts) != draft.width or len(heads) != len(top.cells) or len(heads) >= len(texts) or spanning < 1:
        return
    names = next((c for c, text in enumerate(texts) if head_role(text) not in _LEVELS), 0)
    lead = names if len(filled) % spanning and names > 1 and spanning > 1 else 0  # 指标名称 over all the levels
    if (len(filled) - lead) % (spanning - bool(lead)) or _has_values(top) or _has_values(below):
        return
    if not all(is_head(texts[c]) for c in filled):
        return
    share = (len(filled) - lead) // (spanning - bool(lead))
    starts: list[int] = [0] if lead else []
    children = 0
    for column, text in enumerate(texts[lead:], start=lead):
        if not text or children % share == 0:
            starts.append(column)
        children = children + 1 if text else 0
    if len(starts) != len(heads):
        return
    placed: list[DraftCell | None] = [DraftCell() for _ in texts]
    for column, cell in zip(starts, heads, strict=True):
        placed[column] = cell
    top.cells = placed


def span_header(draft: Draft) -> None:
    """Let header cells span the blank cells that merging left beside and below them."""
    depth = draft.header_rows
    head = draft.rows[:depth]
    owners: dict[int, DraftCell] = {}
    for index, row in enumerate(head):
        left: DraftCell | None = None
        left_owner: DraftCell | None = None
        for column, cell in enumerate(row.cells):
            if cell is None or cell.declared:
                left = None
                continue
            above = owners.get(column)
            if cell.text:
                left, left_owner, owners[column] = cell, above, cell
            elif any(below.text(column) for below in head[index + 1 :]):
                if left is not None and (index == 0 or left_owner is above):
                    left.column_span += 1
                    row.cells[column] = None
                    owners[column] = left
            elif above is not None and index and _stands_alone(head, index, column, above):
                above.row_span += 1
                row.cells[column] = None
                left = None


def _stands_alone(head: list[DraftRow], index: int, column: int, above: DraftCell) -> bool:
    """Whether the cell above stands in this very column, one column wide, and reaches down to the row above."""
    for row in range(index):
        if column < len(head[row].cells) and head[row].cells[column] is above:
            return above.column_span == 1 and row + above.row_span == index
    return False
