"""What a part is (文本类别): a report, or one of the texts that look like one; nothing is invented from those."""

import re
from collections.abc import Sequence

from extractors.segment.model import PartKind, Section, TableGrid
from extractors.segment.tables.draft import kind_of
from extractors.segment.tables.flat_heads import head_role
from extractors.vocabulary import plain

_TOTAL_CLAIM = re.compile(
    r"(?:综合|评价|自评|最终|总体|总|绩效|考核|考评|评定|项目)\s*(?:评价|自评)?(?:总|最终|综合|绩效)?\s*(?:得分|评分|分数|总分)[^。；\n]{0,12}?\d{1,3}(?:\.\d+)?\s*分?"
    r"|(?:自评|评价|评定|绩效)(?:结果|等级|结论|等次)?(?:等级|等次)?\s*(?:为|是|：|:)?\s*[“\"]?(?:优秀?|良好?|中|差|合格|不合格|较好|一般)[”\"]?(?=[，。；、）)\s]|$)"
    r"|得分率?\s*(?:为|是|：|:)?\s*\d{1,3}(?:\.\d+)?\s*[分%％]"
    r"|[，,]?得\s?\d{1,3}(?:\.\d+)?\s?分[，,。；）)]"
)
_RULE_WORD = re.compile(r"(?:评分标准|评分细则|计分|评分办法|评价标准|指标体系|评分规则|管理办法|评价办法|操作指引|共性指标|工作规程|实施细则)")
_TARGET_WORD = re.compile(r"(?:绩效目标(?:申报)?表|目标申报|绩效目标批复|项目申报|绩效目标申报|目标表)")
_NOTES_WORD = re.compile(r"(?:填报说明|填表说明|填写说明|填报要求|请填写|由.{1,12}填写|样表|模板|格式)")
_REPORT_WORD = re.compile(r"(?:评价|自评|评估|分析)(?:情况)?(?:的)?报告|自评表|评价表|评分表|绩效评价|绩效自评")
_GENRE = re.compile(r"绩效|评价|自评|预算")
_PLACEHOLDER = re.compile(r"[×Xx＊*]{2,}|_{3,}|□|\.{6,}|…{2,}|（\s{2,}）")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]")
_HEAD_CHARACTERS = 1200
_MAX_TEXT = 400_000
_PROSE = 400


def part_kind(text: str, sections: Sequence[Section]) -> PartKind:
    """The kind of a part. text: all its lines. Any score, total or narrative of an evaluation makes it a report."""
    text = text[:_MAX_TEXT]
    chinese = len(_CHINESE.findall(text))
    if chinese < 20 or chinese * 2 < len(_LATIN.findall(text)):
        return "other"
    tables = [block for section in sections for block in section.blocks if isinstance(block, TableGrid)]
    scores, values, blanks = _cells(tables)
    head = text[:_HEAD_CHARACTERS] + "".join(table.caption for table in tables)
    prose = _prose(sections)
    if scores >= 2:
        return "report"
    if len(_GENRE.findall(text)) < 3:
        return "other"
    blank = bool(blanks) and values * 3 < blanks
    if blank and not _TOTAL_CLAIM.search(prose) and (_NOTES_WORD.search(text) or _PLACEHOLDER.search(text) or values * 8 < blanks):
        return "blank_form"
    if _RULE_WORD.search(head) and not _narrates(head, prose) and _rules(tables, text):
        return "scoring_rules"
    if _TARGET_WORD.search(head) and not _narrates(head, prose):
        return "target_declaration"
    if _TOTAL_CLAIM.search(prose) or _narrates(head, prose):
        return "report"
    return "report" if _REPORT_WORD.search(head) and len(prose) >= _PROSE else "other"


def _narrates(head: str, prose: str) -> bool:
    """Whether the part tells of an evaluation that was made."""
    return bool(re.search(r"(?:评价|自评|评估)(?:情况)?(?:的)?报告", head)) and len(prose) >= _PROSE


def _rules(tables: Sequence[TableGrid], text: str) -> bool:
    """Whether the part states how to score: a column of rules, or articles of a regulation."""
    heads = {head_role(cell.text) for table in tables for cell in table.cells if cell.row < max(table.header_rows, 1)}
    return bool(heads & {"rule", "definition"}) or len(re.findall(r"第[一二三四五六七八九十]{1,3}条", text)) >= 3 or not tables


def _cells(tables: Sequence[TableGrid]) -> tuple[int, int, int]:
    """Filled score cells, filled cells and blank cells below the heads of all tables."""
    scores = values = blanks = 0
    for table in tables:
        columns: set[int] = set()
        for cell in table.cells:
            role = head_role(cell.text) if cell.text else None
            if role == "score":
                columns.add(cell.column)
            elif role is None and cell.row >= table.header_rows and cell.row not in table.repeated_headers:
                if not cell.text:
                    blanks += 1
                elif cell.column:
                    values += 1
                    scores += cell.column in columns and kind_of(plain(cell.text)) == "number"
    return scores, values, blanks


def _prose(sections: Sequence[Section]) -> str:
    """The text of all headings and paragraphs."""
    texts = []
    for section in sections:
        if section.heading is not None:
            texts.append(section.heading.flow.text)
        texts.extend(block.flow.text for block in section.blocks if not isinstance(block, TableGrid))
    return "\n".join(texts)[:_MAX_TEXT]
