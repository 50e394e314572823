"""What a claim speaks of (陈述对象): a named indicator, `该指标`, the project, or something else."""

import re
from bisect import bisect_left, bisect_right

from extractors.frozen import frozen
from extractors.rows.context import Context
from extractors.rows.model import Printed
from extractors.rows.text import Squeezed
from extractors.rows.tokens import Tokens

# What may stand before a subject or in its stead without naming anything.
PREFIX = re.compile(
    r"(?:[一二三四]级指标|其中|[共分]?设(?:置|有|定)?(?=[^施备计立])|综上所述|综上|因此|故|所以|据此|由此|最终|总体|经[^，,]{0,8}(?:评价|评定|审核|复核|核定|计算|打分|评审|分析|考核)后?"
    r"|(?:根据|按照|依据|结合|对照|参照)[^，,]{0,20}(?:标准|细则|规则|办法|要求|情况|结果|体系|公式|表)"
    r"|按[^，,]{0,30}?(?:计算|折算|比例|权重|计)(?=[^率]|$)|另外|同时|此外|并且|且|并|则|即|[-—•·*:：，,、\s。“”\")\]]|[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．](?!\d)|[①-⑳]"
    r"|[一二三四五六七八九]是)+"
)
_SUFFIX = re.compile(
    r"(?:自评|评价|实际|共计|合计|总计|共|应|可|按比例|计算|酌情|最终|扣减后|综合|评定|折算|后|的|方面|予以|我们"
    r"|评价组|专家组|给|确定|认为|认定|本次|由此|由|在|[:：“”\"])+$"
)
_SUFFIX_ENDS = frozenset('评价际计共应可例算情终后合定的面以们组给为次此由在:：“”"\n')  # one of these ends all suffixes
_GENERIC = re.compile(
    r"^(?:经|评价|自评|专家|第三方|评价组|工作组|评价机构|绩效|指标|分值|各项|项|总|综合|实际|本次|得|给|由|对|因|则|应|可|酌情|合计|共计"
    r"|计算|比例|按|权重|评分|结果|考虑|扣|分|以|上|所述|财政|部门|单位|总体|最终|满分|体系|采用|百分制|计分|设置|设定|和|为|与)*$"
)
_PROJECT = re.compile(
    r"本项目|该项目|此项目|本专项|该专项|本资金|该资金|本单位|本部门|我(?:局|单位|委|中心|院|校|办|镇|乡|街道|县|市|区|省|厅|部门|站|所|馆|会|旗|州)(?![的内级])|整体支出|项目绩效|专项资金$|项目$"
)
_OF_PROJECT = re.compile(r"^.*?项目的?(?=.)")
_FOREIGN = re.compile(
    r"标段|考核|验收|评审|满意度调查|子项目|上年|去年|上一年|平均|最高|最低|招标|投标|供应商|检查|督查|考评|竞争|排名|信用|同类|区县|抽查"
)
_PART = re.compile(r"(?:指标|(?<![分种品])类|方面|部分|环节|维度)$")
THIS = "该"
_THIS_LEVEL = re.compile(r"[一二三四]级")


@frozen
class Subject:
    """Whom a claim speaks of.

    printed: the name as printed, None for `该指标` and for nothing. this: `该指标` or the like was said; role: its
    level (`一级`), else `该`; '' where nothing was said. part: printed ends like a group of indicators.
    names_indicator: printed is a known indicator. project: it is the whole project. foreign: another scoring
    (合同考核, 满意度调查, 去年).
    """

    printed: Printed | None = None
    this: bool = False
    role: str = ""
    part: bool = False
    names_indicator: bool = False
    project: bool = False
    foreign: bool = False

    @property
    def open(self) -> bool:
        """Whether nothing at all was named."""
        return self.printed is None and not self.this and not self.foreign

    def continues(self, other: "Subject") -> bool:
        """Whether this subject names nothing new after `other`."""
        if self.printed is not None:
            return other.printed is not None and other.printed.text == self.printed.text
        return not self.this or (other.printed is None and other.role == self.role)

    def inherit(self, other: "Subject | None") -> "Subject":
        """Itself, or where it names nothing what the same sentence named before."""
        return self if other is None or self.printed is not None or self.this else other


def read_subject(text: Squeezed, tokens: Tokens, low: int, high: int, context: Context) -> Subject:
    """The subject that text[low:high] names, directly before a fact at `high`."""
    this = _this(text.text, tokens, low, high)
    if this is not None:
        level = _THIS_LEVEL.search(this)
        return Subject(this=True, role=level.group() if level else THIS)
    start, end = _trim(text.text, low, high)
    if start == end and high > 0 and low > 0 and text.text[low - 1] == "(":
        start, end = _before_bracket(text.text, low - 1, context)
    name = text.text[start:end]
    if _THIS_LEVEL.fullmatch(name):
        return Subject(this=True, role=name)  # `一级指标分值20分`, below the heading of a group
    if not name or _GENERIC.match(name):
        return Subject(foreign=bool(_FOREIGN.search(text.text[low:high])))
    return Subject(
        printed=text.printed(start, end, low, high),
        part=bool(_PART.search(name)),
        names_indicator=context.names_indicator(name)
        or ("项目" in name and context.names_indicator(_OF_PROJECT.sub("", name))),
        project=bool(_PROJECT.search(name)),
        foreign=bool(_FOREIGN.search(name)),
    )


def _this(text: str, tokens: Tokens, low: int, high: int) -> str | None:
    """The last `该指标` or the like within text[low:high], or at its very end, if nothing else is named behind it."""
    first = bisect_left(tokens.spans, (low, low))
    for position in range(bisect_right(tokens.spans, (high, high + 20)) - 1, first - 1, -1):
        start, end = tokens.spans[position]
        if tokens.tags[position] == "THIS" and (end <= high or start == high):
            behind = _trim(text, min(end, high), high)
            return tokens.words[position] if _GENERIC.match(text[behind[0] : behind[1]]) else None
    return None


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    """text[low:high] without what names nothing at both ends; at most 40 characters."""
    low = max(low, text.rfind(":", low, high) + 1)
    prefix = PREFIX.match(text, low, high)
    start = prefix.end() if prefix else low
    suffix = _SUFFIX.search(text, start, high) if text[high - 1 : high] in _SUFFIX_ENDS else None
    end = suffix.start() if suffix else high
    return (max(start, end - 40), end) if start < end else (end, end)


def _before_bracket(text: str, bracket: int, context: Context) -> tuple[int, int]:
    """The phrase that a bracket with claims explains (`产出类（满分20分，得18分）`); a heading is its own subject."""
    if context.heading:
        return bracket, bracket
    low = bracket
    while low > 0 and text[low - 1] not in "。；;！!？?\n，,、()：:" and bracket - low < 40:
        low -= 1
    return _trim(text, low, bracket)
