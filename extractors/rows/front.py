"""The title page (封面): labelled fields, the title joined from its lines, the date, and what the title names."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest

from extractors.folded import fold
from extractors.pages import Line
from extractors.provenance import SourceSpan
from extractors.rows.model import Printed
from extractors.rows.text import tidy
from extractors.segment.paragraphs import rest_of_date

Fields = list[tuple[str, Printed]]

_LABELS: tuple[tuple[str, str], ...] = (
    ("commissioning_body", r"(?:评价)?委托(?:单位|方|部门|机构|人)|委托评价单位"),
    ("evaluated_body", r"(?:项目|具体)?实施单位|被评价(?:单位|部门)|项目(?:承担|申报|执行)?单位|(?:资金)?使用单位"),
    (
        "evaluated_body",
        r"(?:部门|单位)\(?(?:单位|部门)?\)?名称|预算(?:单位|部门)|自评单位|部门\(单位\)|评价对象单位",
    ),
    ("filled_by", r"填报(?:单位|部门)|申报(?:单位|部门)"),
    (
        "supervising_body",
        r"(?:项目|地方|省级|市级|县级|区级)?主管(?:部门|单位|预算部门)|预算主管部门|项目主管\(预算\)部门|主管部门及代码",
    ),
    (
        "evaluator",
        r"(?:绩效)?评价(?:实施)?(?:机构|单位)|(?:报告)?编制单位|(?:第三方|受托|评价受托)(?:评价)?(?:机构|单位|方)",
    ),
    ("evaluator", r"评价(?:组织|执行)(?:机构|单位)|编写单位|报告(?:编制|撰写)(?:单位|机构)|评价工作机构"),
    ("project", r"(?:评价|转移支付)?(?:\(项目\)|项目)名称|评价项目|资金名称|专项(?:资金)?名称|评价对象"),
    ("report_date", r"(?:评价)?报告(?:时间|日期)|(?:完成|编制|评价|填报|出具|报告完成|撰写)(?:时间|日期)|日期|时间"),
    ("fiscal_year", r"(?:评价|预算|项目|财政|所属)年度|年度"),
)
# One group for each line of _LABELS, in their order: the first that matches counts.
_LABEL = re.compile("|".join(rf"^({pattern})(?:\(盖章\)|\(公章\))?$" for _, pattern in _LABELS))
_MAX_LABEL = 40  # characters; longer texts are looked at, but not remembered
# Blanks before a label, or a label right behind another, whose blanks and value are missing: 填表人：填报日期：.
_BETWEEN_LABELS = re.compile(r"\s{2,}(?=\S{2,14}[:：])|(?<=[:：])(?=[\u4e00-\u9fff]{2,8}[:：])")
_YEAR_NUMBER = re.compile(r"\d{4}|[〇○零一二三四五六七八九]{4}")
_LABEL_LINE = re.compile(r"^([^:：]{2,16})[:：](.+)$")
DATE = re.compile(
    r"(?:(?:19|20)\d\d|[二〇○零一三四五六七八九]{4})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日)?|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)"
)
BODY_END = (
    r"(?:局|委员会|委|厅|办公室|办|中心|联合会|协会|公司|事务所|研究院|研究所|学院|大学|学校|医院|政府|部|处|署|队|院|站|馆|社"
    r"|海关)"
)
_TITLE_END = re.compile(r"(?:报告|报告书|自评表|申报表|评价表|(?:自评|评价)(?:结果|总结|说明))(?:\([^()]{1,20}\))?$")
_ONLY_BODY = re.compile(rf"^[\u4e00-\u9fff()]{{2,26}}{BODY_END}(?:\([^()]{{2,8}}\))?$")
_LEADING_BODY = re.compile(rf"^([\u4e00-\u9fff]{{2,20}}?{BODY_END})(?=(?:19|20)\d\d|关于)")
_BRACKETED = re.compile(r"^\([^()]{1,20}\)$")
_YEARS = re.compile(r"(?:19|20)\d\d\s*(?:年\s*)?(?:[-—~～至]+\s*(?:19|20)\d\d\s*)?年度?")
_REPORT_TAIL = re.compile(
    r"(?:的)?(?:财政|部门|项目|单位|重点|事后|综合|专项)*(?:支出)?(?:的)?(?:财政|部门)?(?:预算)?(?:绩效)?"
    r"(?:财政|部门|单位|重点)?(?:自我?评价|评价|自评|考评|评估)*(?:自评)?(?:工作)?(?:情况)?(?:的)?"
    r"(?:报告书?|自评表|申报表|评价表|(?<=价|评)(?:结果|总结|说明))(?:\(.*\))?$"
)
_FUND_END = re.compile(r"(?:费|资金|补助|补贴|补助金|奖励|专项|基金|债券)$")
_NO_PROJECT = re.compile(
    r"(?:部门|单位|财政|项目|预算|支出|绩效|目标|专项|资金|整体|[市县省区本]级|全市|全县|中央|对地方|转移支付|区域|\(项目\))+"
)
_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,8}[省市县区州旗盟]$")  # `某县2023年度项目支出绩效自评表` names no project
_MAX_TITLE = 8
_SMALLER = 0.75  # of the height of a title's line
_PARTS = re.compile(r"\S{2} {2,}\S{2}")  # 内部资料  附表1
FIRM = re.compile(r"公司|事务所|研究院|研究所|大学|学院|协会")
_PIECES = re.compile(r"[，,、;；\s]+")
_DRAFT = re.compile(r"[^()]{0,4}稿|公开|内部资料|样本|模板|盖章|公章")
_SIGNED = re.compile(rf"(?P<body>[^\d，,\s]{{4,40}})[，,]?\s*(?P<date>{DATE.pattern})")


def label_of(text: str) -> str:
    """The field that a label names (`委托单位`), '' if none."""
    return _known_label(text) if len(text) <= _MAX_LABEL else _named(text)


def _named(text: str) -> str:
    """The field that a text of any length names."""
    match = _LABEL.match("".join(fold(text).split()).strip(":"))
    return "" if match is None or match.lastindex is None else _LABELS[match.lastindex - 1][0]


_known_label = lru_cache(maxsize=4096)(_named)  # the cells of a form are asked again and again


def read_front(front: Sequence[Line]) -> Fields:
    """Fields of the title page, in order of preference: labels, title and what it names, lone date, lone body."""
    lines = [line for line in front if line.text.strip()]
    fields = labelled(lines)
    start, end = _title_lines(lines)
    if start < end:
        title = _joined(lines[start:end])
        fields.append(("title", title))
        fields += from_title(title)
        fields += [("evaluated_body", _line(line)) for line in lines[:start] if is_body(line.text)]
        fields += [("evaluated_body", body) for line in lines[end : end + 1] for body in _bodies_in_brackets(line)]
    fields += [("report_date", _line(line)) for line in lines if DATE.fullmatch(fold(line.text).strip())]
    return fields + [field for line in lines for field in signed(line)]


def signed(line: Line) -> Fields:
    """Body and date in one line (`某咨询公司  2024年5月16日`, `（某局，2024年6月）`); the body only if it is a firm."""
    match = _SIGNED.fullmatch(_bare(line) or fold(line.text).strip())
    if match is None or not is_body(match["body"]):
        return []
    fields: Fields = [("report_date", Printed(tidy(match["date"]), line.span()))]
    if FIRM.search(match["body"]):
        fields.append(("evaluator", Printed(tidy(match["body"]), line.span())))
    return fields


def _bodies_in_brackets(line: Line) -> list[Printed]:
    """The bodies named in the brackets around a whole line."""
    return [Printed(piece, line.span()) for piece in _PIECES.split(tidy(_bare(line))) if is_body(piece)]


def labelled(lines: Sequence[Line]) -> Fields:
    """`委托单位：某市财政局` on lines of their own."""
    fields: Fields = []
    for line, after in zip_longest(lines, lines[1:]):
        text = line.text.strip()
        if after is not None and (rest := rest_of_date(text, after.text)):
            text += rest
        for piece in _BETWEEN_LABELS.split(text):
            match = _LABEL_LINE.match(piece.strip())
            name = label_of(match.group(1)) if match else ""
            value = tidy(match.group(2)) if match else ""
            dated = name not in ("report_date", "fiscal_year") or _YEAR_NUMBER.search(value)
            if name and value and len(value) <= 60 and dated:
                fields.append((name, Printed(value, line.span(text))))
    return sorted(fields, key=lambda field: field[0] == "filled_by")


def is_body(text: str) -> bool:
    """Whether a line is nothing but the name of a body (某市商务局)."""
    return bool(_ONLY_BODY.match("".join(fold(text).split()))) and not text.rstrip().endswith((":", "："))


def _title_lines(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines (half open) that make the title: up to the first that ends like one, with brackets behind it."""
    texts = ["".join(fold(line.text).split()) for line in lines[:_MAX_TITLE]]
    for position, text in enumerate(texts):
        if not _TITLE_END.search(text) or len(text) > 80 or "。" in text:
            continue
        start = position
        while (
            start > 0
            and not _is_running(lines[start - 1], lines[position])
            and _belongs_above(texts[start - 1], "".join(texts[start : position + 1]))
        ):
            start -= 1
        end = position + 1
        while end < len(texts) and _BRACKETED.match(texts[end]) and not _apart(texts[end][1:-1]):
            end += 1
        return start, end
    return 0, 0


def _apart(text: str) -> bool:
    """Whether what stands in brackets below a title is no part of it: a body, a day, the state of the draft."""
    if _DRAFT.fullmatch(text) or any(is_body(piece) or DATE.fullmatch(piece) for piece in _PIECES.split(text)):
        return True
    match = _SIGNED.fullmatch(text)
    return match is not None and is_body(match["body"])


def _belongs_above(above: str, title: str) -> bool:
    """Whether the line above goes on into the title: not where the title is whole without it."""
    if not above or ":" in above or "。" in above or len(above) > 40 or re.match(r"^附件?\d*$|^附件|^目录$", above):
        return False
    whole = bool(_YEARS.match(title)) or len(_REPORT_TAIL.sub("", title)) > 6
    return not (whole and (is_body(above) or _TITLE_END.search(above)))


def _is_running(above: Line, title: Line) -> bool:
    """Whether a printed line above a title is a running head (页眉): far smaller, or of parts that stand far apart."""
    if above.box is None or title.box is None or title.turn % 180:
        return False
    smaller = above.box[3] - above.box[1] < _SMALLER * (title.box[3] - title.box[1])
    return smaller or _PARTS.search(above.text.strip()) is not None


def _joined(lines: Sequence[Line]) -> Printed:
    """Several lines as one value, placed where the first begins."""
    text = "".join(tidy(line.text) for line in lines)
    place = lines[0].span()
    return Printed(
        tidy(text),
        SourceSpan(text, place.page, place.line, place.bbox, place.raw, None, place.origin, place.confidence),
    )


def _bare(line: Line) -> str:
    """A line's text out of the brackets around all of it, '' if it has none."""
    text = fold(line.text).strip()
    return text[1:-1] if text.startswith("(") and text.endswith(")") else ""


def _line(line: Line) -> Printed:
    """A whole line as a value."""
    return Printed(tidy(line.text), line.span())


def from_title(title: Printed) -> Fields:
    """Project, year and body that a title names; a report on a whole department names no project."""
    text = fold(title.text)
    fields: Fields = []
    years = _YEARS.search(text)
    body = _LEADING_BODY.match(text)
    if body:
        fields.append(("evaluated_body", Printed(title.text[: body.end(1)], title.span)))
    if years:
        fields.append(("fiscal_year", Printed(title.text[years.start() : years.end()], title.span)))
    project = project_of(text)
    if project:
        fields.append(("project", Printed(project, title.span)))
    return fields


def project_of(title: str) -> str:
    """The project that a folded title is about, '' if none: what stands between the year and `绩效评价报告`."""
    if re.search(r"整体(?:支出)?绩效|整体支出", title):
        return ""
    title = re.sub(r"\([^()]*\)$", "", title)
    years = _YEARS.search(title)
    rest = title[years.end() :] if years else title
    tail = _REPORT_TAIL.search(rest)
    name = rest[: tail.start()] if tail else ""
    if years and tail and not name:
        name = _PLACE.sub("", title[: years.start()])
    removed = rest[tail.start() :] if tail else ""
    if not name:
        return ""
    if removed.startswith("项目") and not (removed.startswith("项目支出") and _FUND_END.search(name)):
        name += "项目"
    return name if len(name) >= 4 and not _NO_PROJECT.fullmatch(name) else ""
