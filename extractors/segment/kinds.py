"""What a part is (文本类别): a report, or one of the texts that look like one; nothing is invented from those."""

import re
from collections.abc import Iterator, Sequence

from extractors.frozen import frozen
from extractors.segment.model import PartKind, Section, TableGrid
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.roles import head_role
from extractors.vocabulary import LEVEL1, LEVEL2, SUBTOTAL_LABELS, TOTAL_LABELS, plain

# A score or grade that was given; `90分以上为优` and `得5分` state a rule and give none.
_GIVEN = re.compile(
    r"(?:得分|评分|总分|分数)(?:结果|合计|共计)?\s*(?:为|是|：|:|达到?|共)?\s*[“\"]?\d{1,3}(?:\.\d+)?\s*[”\"]?\s*分(?!\s*(?:以|及|[（(]含|的|为|至|到|[-—~～]|[≤＜<≥＞>]))"
    r"|(?:等级|等次|结论|级别|结果)\s*(?:被?评?定?为|是|：|:)\s*[“\"]?(?:优秀?|良好?|中|差|合格|不合格|较好|一般)[”\"]?(?=[，。；、）)\s]|$)"
    r"|得分率\s*(?:为|是|：|:)?\s*\d{1,3}(?:\.\d+)?\s*[%％](?!\s*(?:以|及|的|[（(]含))"
)
_RULE_WORD = re.compile(
    r"评分标准|评分细则|计分|评分办法|评价标准|指标体系|评分规则|管理办法|评价办法|操作指引|共性指标|规程|实施细则|工作指南"
)
_TARGET_WORD = re.compile(r"绩效目标(?:申报)?表|目标申报|绩效目标批复|项目申报|目标表|绩效目标(?=\s|$|[（(])")
_NOTES_WORD = re.compile(r"填\s*[报表写]\s*说\s*明|填报要求|请填写|由.{1,12}填写|样\s*表|模\s*板|填写要求")
_REPORT_WORD = re.compile(r"(?:评价|自评|评估)(?:工作)?(?:情况|结果)?(?:的)?(?:报告|说明|总结|汇报)")
_FORM_WORD = re.compile(r"自评表|评价表|评分表|绩效评价|绩效自评|自评报告")
_SELF_WORD = re.compile(r"自评(?:情况)?表|自评报告")
_GENRE = re.compile(r"绩效|评价|自评")
_PLACEHOLDER = re.compile(
    r"(?:指标\s*\d{0,2}|目标\s*\d{0,2}|[×Xx＊*]{2,}+|_{2,}+|□|\.{3,}+|…|[（(].{0,30}填.{0,30}[)）]|[（(]\s*[)）]|[-—–/]|分|元|万元|%|年|月|日|\s)*[:：]?"
)
_BRACKETS = re.compile(r"[（(][^（()）]*[)）]")
# Ends of the labels of forms.
_LABEL_ENDS = (
    "名称",
    "单位",
    "部门",
    "资金总额",
    "拨款",
    "结转资金",
    "其他资金",
    "目标",
    "完成情况",
    "执行数",
    "预算数",
    "执行率",
    "负责人",
    "电话",
    "联系人",
    "项目资金",
    "属性",
    "类别",
    "期限",
    "总分",
    "说明",
    "日期",
    "绩效指标",
)
_LEVEL_NAMES = frozenset(map(plain, (*LEVEL1, *LEVEL2, *TOTAL_LABELS, *SUBTOTAL_LABELS)))
_CHINESE = bytes(range(0x4E, 0xA0))  # the high bytes of U+4E00 to U+9FFF
_LATIN = re.compile(r"[A-Za-z]+")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>")
_HEAD_CHARACTERS = 600
_MAX_TEXT = 400_000
_PROSE = 300
_LEAST_CHINESE = 20  # characters
_LEAST_SCORES = 2
_MIN_RESULTS = 3
_MAX_VALUE = 60  # characters of a cell looked at


@frozen
class _Evidence:
    """What a part without scores holds (依据). values: filled cells that are no names or labels.

    results: cells below 实际完成值 that are filled in.
    blanks: empty cells and placeholders. prose: of its headings and paragraphs.
    """

    head: str
    text: str
    prose: str
    results: int
    values: int
    blanks: int
    rules: bool


def part_kind(text: str, sections: Sequence[Section]) -> PartKind:
    """The kind of a part. text: all its lines. A score that was given or an evaluation that is told makes a report."""
    text = text[:_MAX_TEXT]
    text = _TAG.sub("", text) if "<" in text else text
    if not _is_chinese(text):
        return "other"
    tables = [block for section in sections for block in section.blocks if isinstance(block, TableGrid)]
    head = text[:_HEAD_CHARACTERS] + "".join(table.caption for table in tables)
    named = _FORM_WORD.search(head) or _TARGET_WORD.search(head)
    scored = _is_scored(tables)
    if not named and len(_GENRE.findall(text)) < (1 if scored else 3):
        return "other"
    if scored:
        return "report"
    prose = "\n".join(_prose(sections))[:_MAX_TEXT]
    told = bool(_GIVEN.search(prose))
    if told and _REPORT_WORD.search(text):
        return "report"
    return _unscored(_gather(head, text, prose, tables), told)


def _is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese and not in Latin letters."""
    highs = text.encode("utf-16-le", "surrogatepass")[1::2]
    chinese = len(highs) - len(highs.translate(None, _CHINESE))
    if chinese < _LEAST_CHINESE:
        return False
    return chinese * 3 >= len(text) or chinese * 2 >= sum(map(len, _LATIN.findall(text)))


def _is_scored(tables: Sequence[TableGrid]) -> bool:
    """Whether some cells below heads of scores hold a number."""
    count = 0
    for role, text in _below_heads(tables):
        count += role == "score" and kind_of(text) == "number"
        if count == _LEAST_SCORES:
            return True
    return False


def _unscored(evidence: _Evidence, told: bool) -> PartKind:
    """The kind of a part in whose tables nothing is scored."""
    narrates = bool(_REPORT_WORD.search(evidence.head)) and len(evidence.prose) >= _PROSE
    if not narrates and evidence.blanks > 2 * evidence.values and evidence.blanks >= 6:
        return "blank_form"
    if evidence.results >= _MIN_RESULTS and _SELF_WORD.search(evidence.head):
        return "report"  # some forms evaluate without scores
    if not narrates and evidence.rules and _RULE_WORD.search(evidence.head):
        return "scoring_rules"
    if not narrates and not told and _TARGET_WORD.search(evidence.head):
        return "target_declaration"
    if not narrates and not told and evidence.blanks > evidence.values and _NOTES_WORD.search(evidence.text):
        return "blank_form"
    return "report" if told or narrates else "other"


def _gather(head: str, text: str, prose: str, tables: Sequence[TableGrid]) -> _Evidence:
    """Count what speaks for each kind."""
    results = values = blanks = 0
    for role, cell in _below_heads(tables):
        blank = bool(_PLACEHOLDER.fullmatch(cell))
        blanks += blank
        values += not blank and not _is_label(cell)
        results += role == "actual" and not blank
    heads = {head_role(cell.text) for table in tables for cell in table.cells if cell.row < max(table.header_rows, 1)}
    articles = len(re.findall(r"第[一二三四五六七八九十]{1,3}条", text))
    rules = bool(heads & {"rule", "definition"}) or articles >= 3 or not tables
    return _Evidence(head, text, prose, results, values, blanks, rules)


def _below_heads(tables: Sequence[TableGrid]) -> Iterator[tuple[str, str]]:
    """The role of its column, '' where none is known, and the text of each cell below the heads of all tables."""
    for table in tables:
        roles: dict[int, str] = {}
        repeated = frozenset(table.repeated_headers)
        head_line = -1
        for cell in table.cells:
            text = plain(cell.flow.text[:_MAX_VALUE])
            role = head_role(text) if text else None
            if role is not None:
                roles = roles if cell.row - head_line <= 1 else {}
                head_line = cell.row
                roles[cell.column] = role
            elif cell.row >= table.header_rows and cell.row not in repeated:
                yield roles.get(cell.column, ""), text


def _is_label(text: str) -> bool:
    """Whether a cell names a level or labels its neighbour."""
    name = _BRACKETS.sub("", text)
    return name in _LEVEL_NAMES or name.removesuffix("及代码").endswith(_LABEL_ENDS)


def _prose(sections: Sequence[Section]) -> Iterator[str]:
    """The text of all headings and paragraphs."""
    for section in sections:
        if section.heading is not None:
            yield section.heading.flow.text
        for block in section.blocks:
            if not isinstance(block, TableGrid):
                yield block.flow.text
