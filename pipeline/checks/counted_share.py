"""Check: a rate told with the two counts it was taken from is their ratio (数量占比)."""

import re
from collections.abc import Iterator

from extractors.frozen import replace
from normalizers.numbers import parse
from normalizers.records import ReportedNumber
from pipeline.checks.counts import PLANNED, REACHED, STOP, Count, counts_in, key_at
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.texts import Sentence, printed_digits
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import quote, where

RULE = "counted-share"
_TOLD = r"(?:约?为|达到?了?|是|[:：])?\s{0,2}(?P<rate>\d{1,3}(?:\.\d{1,4})?)\s?[%％]"
_RATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}(?P<stem>[\u4e00-\u9fff]{2})(?:率|度)"
    r"|占(?P<whole>[\u4e00-\u9fff]{0,8}?)(?:总[人户]?[数量]|数量)?的?(?:比例|比重|百分比|比)?|所占比[例重]|比[例重])"
    rf"{_TOLD}(?!以上|及以上|以下|左右)"
)
# In all of these, and sooner looked for: begins with a set; behind 占 its whole and what is left out may follow.
_ENDING = re.compile(rf"[率度例重比占](?:(?<=占)[\u4e00-\u9fff]{{0,20}})?{_TOLD}")
_BEFORE, _BEHIND = 8, 3  # characters of a name before that; those behind a rate that may bound it
_OTHER = re.compile(r"上年|去年|同期|往年|每|平均|累计|新增|增加|减少|提高")
_YEAR = re.compile(r"(?:19|20)\d\d\s?年")
_NOT_ACTUAL = re.compile(r"目标|要求|不低于|综合|平均|加权|总体|累计|增长|提[高升]|下降")
_EARLIER = re.compile(r"上年|去年|往年|同期|上一|(?:19|20)\d\d年度?的")  # another year's rate beside this one's counts
_AROUND = re.compile(r"[约近超]\s?$|≥|不低于")
_PLAIN_NUMBER = re.compile(r"\d(?<![\d,.]\d)[\d,]{0,20}(?:\.\d{1,6})?")
_PAIRED = 8  # numbers before a rate of which any two may explain it
_FAR = 60  # characters before a rate that its clause may begin in
_NEAR = 24  # characters between the part that 其中 tells and its share
_BACK = 160  # characters before a sentence that may tell how many questionnaires were handed out
_RESULT = re.compile("完成|达标|合格|时效|及时|有效|覆盖|普及|达成")  # rates of results, not of money or of growth
_DENIED = "不未无没非"
_NEGATED = re.compile(r"[不未无没非]|除外|剔除|以外")
_OF_WHICH = re.compile(r"其中|当中|中[已共]?有|里有")
_AMONG = re.compile(r"[\u4e00-\u9fff]{1,12}中(?![学心央国期小型等职级医药])[^，。；,;\d]{0,10}")
_OUT, _BACK_IN = re.compile(r"发放|发出|下发|派发|分发|投放|发送"), re.compile(r"收回|回收|收到|返回|交回|实收|回笼")
_RETURN = re.compile(r"(?:回收|收回)$")
_ASKED = re.compile(r"(?:回收|收回|满意)$")  # rates of a survey, whose questionnaires the sentence before may tell
_QUESTIONNAIRES = re.compile(r"问卷|答卷|有效")
# What a share names as its whole without naming anything else (占抽查总数的84%).
_WHOLE = re.compile(
    r"(?:其|总|全部|全体|抽查|抽检|抽样|检查|核查|样本|调查|受访|被调查|有效|问卷|上述|人数|户数|数量|的)*"
)


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.saying("%", "％"):
        yield from _of_sentence(sentence)


def _of_sentence(sentence: Sentence) -> Iterator[Relation]:
    """Each rate against the counts told since the rate before it, or in the bracket behind it."""
    start = 0
    for found in _rates(sentence.text):
        rate, told = found, sentence
        since, start = start, rate.end()
        clause = STOP.split(sentence.text[max(rate.start() - _FAR, 0) : rate.start()])[-1] + rate["name"]
        if _NOT_ACTUAL.search(clause) or _EARLIER.search(clause):
            continue
        counts = list(counts_in(sentence.text, since, rate.start()))
        if not counts:
            counts = list(_in_bracket(sentence.text, rate.end()))
        elif len(counts) == 1 and _ASKED.search(rate["stem"] or "") and sentence.cell is None:
            told, rate = _with_handed_out(sentence, rate)
            counts = list(counts_in(told.text, 0, rate.start()))
        if len(counts) >= 2:
            yield from (_unless_of_others(told, rate, relation) for relation in _told(told, counts, rate))
        elif not counts and sentence.cell is None and _RESULT.search(rate["stem"] or ""):
            yield _uncounted(sentence, rate)


def _rates(text: str) -> Iterator[re.Match[str]]:
    """The matches of _RATE, looked for around what ends one."""
    end = 0
    for told in _ENDING.finditer(text):
        found = _RATE.search(text, max(told.start() - _BEFORE, end), told.end() + _BEHIND)
        if found is not None:
            end = found.end()
            yield found


def _unless_of_others(sentence: Sentence, rate: re.Match[str], relation: Relation) -> Relation:
    """The relation; undecided where it fails and the rate follows from two other numbers told before it.

    `计划更换3次、120万盆，实际更换3次、122.4万盆，完成率102%`: the rate is of the second.
    """
    printed = parse(rate["rate"] + "%")
    if relation.verdict != "inconsistent" or printed is None:
        return relation
    low = sentence.text.rfind("。", 0, rate.start()) + 1
    told = [printed_digits(found[0]).value for found in _PLAIN_NUMBER.finditer(sentence.text, low, rate.start())][
        -_PAIRED:
    ]
    ways = ((part, whole) for part in told for whole in told if whole > 0)
    if any(fit(printed, quotient(part * HUNDRED, whole)) in ("exact", "half-up") for part, whole in ways):
        return undecided(relation, "比率与同一句所列的另两个数相符，所指对象不明")
    return relation


def _uncounted(sentence: Sentence, rate: re.Match[str]) -> Relation:
    """A rate of results with no count beside it: nobody can recompute it."""
    span, shown = sentence.span(rate.start("rate"), rate.end()), rate["rate"] + "%"
    name = sentence.text[rate.start() : rate.start("rate")]
    relation = Relation(
        RULE,
        "indeterminate",
        (Operand("text.rate", "operand", name, None, span),),
        (
            Operand(
                f"text.count.{span.page}.{span.line}.{sentence.start + rate.start('rate')}",
                "reported",
                shown,
                None,
                span,
            ),
        ),
        formula=f"{shown} = ?",
        reported=shown,
        computed="",
    )
    return undecided(relation, "同一句未列出计算该比率的数量，无法复算")


def _in_bracket(text: str, at: int) -> Iterator[Count]:
    """The counts of a bracket that opens at `at`: `回收率95.00%（发放300份，收回285份）`."""
    if text[at : at + 1] in ("（", "("):
        close = min((end for end in (text.find("）", at), text.find(")", at)) if end > 0), default=at)
        yield from counts_in(text, at, close)


def _with_handed_out(sentence: Sentence, rate: re.Match[str]) -> tuple[Sentence, re.Match[str]]:
    """The sentence with those right before it in its paragraph, which may tell the questionnaires handed out."""
    low = max(sentence.start - _BACK, 0)
    wider = replace(sentence, text=sentence.flow.text[low : sentence.end], start=low)
    again = _RATE.search(wider.text, rate.start() + sentence.start - low)
    return (sentence, rate) if again is None else (wider, again)


def _told(sentence: Sentence, counts: list[Count], rate: re.Match[str]) -> Iterator[Relation]:
    """The rate against the last count and the one of its unit before it; only a clear pair can fail."""
    if _RETURN.search(rate["stem"] or ""):
        counts = _handed_out_and_back(counts)
    counts = _up_to_named(sentence.text, counts, rate["stem"] or "")
    part = counts[-1]
    bases = [one for one in counts[:-1] if one.unit == part.unit and one.value > 0]
    printed = parse(rate["rate"] + "%")
    if not bases or printed is None:
        return
    for base in bases:
        relation = _relation(sentence, base, part, rate, printed)
        if holds(relation):
            yield relation
            return
    if _linked(sentence.text, bases[-1], part, rate):
        doubt = _doubt(_of_questionnaires(counts, bases, rate), part, printed)
        yield undecided(relation, doubt) if doubt else relation


def _up_to_named(text: str, counts: list[Count], stem: str) -> list[Count]:
    """The counts up to the one that bears the rate's name, where the last bears its denial (合格9批、不合格1批)."""
    heads = [text[: one.start].rstrip() if stem else "" for one in counts]
    bare = [number for number, head in enumerate(heads) if _bears(head, stem) and head[-len(stem) - 1] not in _DENIED]
    denied = _bears(heads[-1], stem) and heads[-1][-len(stem) - 1] in _DENIED
    return counts[: bare[0] + 1] if denied and len(bare) == 1 and bare[0] else counts


def _bears(head: str, stem: str) -> bool:
    """Whether the words before a number end with the rate's name behind another character."""
    return bool(stem) and len(head) > len(stem) and head.endswith(stem)


def _of_questionnaires(counts: list[Count], bases: list[Count], rate: re.Match[str]) -> list[Count]:
    """Of a satisfaction counted once, the valid questionnaires alone are its base; else the bases as they are."""
    content = [one for one in counts if "满意" in one.clause]
    asked = rate["stem"] == "满意" and len(content) == 1 and all(_QUESTIONNAIRES.search(one.clause) for one in bases)
    return bases[-1:] if asked and "有效" in bases[-1].clause else bases


def _handed_out_and_back(counts: list[Count]) -> list[Count]:
    """The questionnaires handed out and those returned, where each is told once; else the counts as they are."""
    out = [one for one in counts if _OUT.search(one.clause) and not _BACK_IN.search(one.clause)]
    back = [one for one in counts if _BACK_IN.search(one.clause) and not _OUT.search(one.clause)]
    return [out[0], back[0]] if len(out) == len(back) == 1 else counts


def _linked(text: str, base: Count, part: Count, rate: re.Match[str]) -> bool:
    """Whether the words say that `part` is what the rate counts and `base` what it is counted from."""
    planned = bool(PLANNED.search(base.clause)) and bool(REACHED.search(part.clause))
    if rate["stem"] == "完成":
        return planned
    if _RETURN.search(rate["stem"] or ""):
        valid = "有效" in part.clause and "有效" not in rate["name"]
        return bool(_OUT.search(base.clause) and _BACK_IN.search(part.clause)) and not valid
    if _is_of_which(text, base, part, rate) or _is_among(text, base, part, rate):
        return True
    if rate["stem"] is None:
        return False
    at = part.clause.find(rate["stem"])
    named = at >= 0 and (at == 0 or part.clause[at - 1] not in _DENIED)
    return named and (planned or rate["stem"] not in base.clause)


def _is_of_which(text: str, base: Count, part: Count, rate: re.Match[str]) -> bool:
    """Whether 其中 ties the part to the base, and nothing but its own clause stands between it and the rate."""
    between = text[part.end : rate.start()]
    near = 0 <= rate.start() - part.end <= _NEAR and len(STOP.findall(between)) <= 1
    named = rate["stem"] is not None or rate["whole"] is None or bool(_WHOLE.fullmatch(rate["whole"]))
    tied = bool(_OF_WHICH.search(text[base.end : part.start])) and not _NEGATED.search(part.clause)
    return near and named and tied and "。" not in text[base.end : rate.start()]


def _is_among(text: str, base: Count, part: Count, rate: re.Match[str]) -> bool:
    """`18个小区中15个按期完工，按期完工率83.33%`: the part is named as one of the base, with the rate's own word."""
    told = _AMONG.fullmatch(text[base.end : part.start]) is not None and not _NEGATED.search(part.clause)
    near = 0 <= rate.start() - part.end <= _NEAR and len(STOP.findall(text[part.end : rate.start()])) <= 1
    return told and near and rate["stem"] is not None and rate["stem"] in text[base.end : rate.start()]


def _doubt(bases: list[Count], part: Count, printed: ReportedNumber) -> str:
    """Why a rate that does not follow may still be right, Chinese; '' where nothing speaks for it."""
    base = bases[-1]
    if len({one.value for one in bases}) > 1:
        return "同一句列有多个数量，对应关系不能确定"
    if base.vague or part.vague:
        return "数量为约数"
    if _differs(_OTHER, base, part, either=True) or _differs(_YEAR, base, part, either=False):
        return "数量的口径可能不同"
    if part.value > base.value and (printed.value == HUNDRED or not PLANNED.search(base.clause)):
        return "比率以 100% 封顶或基数不能确定"
    if fit(printed, HUNDRED - quotient(part.value * HUNDRED, base.value)) != "differs":
        return "比率可能按其余部分计算"
    return ""


def _differs(words: re.Pattern[str], base: Count, part: Count, *, either: bool) -> bool:
    """Whether the clauses of two counts have different words of a kind. either: one without any differs too."""
    mine, theirs = set(words.findall(base.clause)), set(words.findall(part.clause))
    return mine != theirs and (either or bool(mine and theirs))


def _relation(sentence: Sentence, base: Count, part: Count, rate: re.Match[str], printed: ReportedNumber) -> Relation:
    exact = quotient(part.value * HUNDRED, base.value)
    possible = part.possible.scaled(HUNDRED).divide(base.possible)
    how = fit(printed, exact, possible)
    computed = written(exact, max(printed.digits, 2)) + "%"
    span = sentence.span(rate.start("rate"), rate.end())
    shown = [sentence.text[one.start : one.end].strip() for one in (part, base)]
    relation = Relation(
        RULE,
        verdict_of(how),
        (part.operand(sentence), base.operand(sentence)),
        (Operand(key_at(sentence, rate.start("rate"), span), "reported", rate["rate"] + "%", printed.value, span),),
        formula=f"{shown[0]} ÷ {shown[1]} = {computed}",
        reported=rate["rate"] + "%",
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"{_name(rate)} {relation.reported} 与所列数量不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, relation.reported)}”，按同一句所列数量复算，{relation.formula}。",
    )


def _name(rate: re.Match[str]) -> str:
    """`完成率`, `满意度`; `占比` of a share."""
    return "占比" if rate["stem"] is None else rate["stem"] + rate["name"][-1]


CHECK = Check(
    rule=RULE,
    name="数量占比",
    what="A rate told with the number counted and the number it was counted from is their ratio.",
    why="Both counts stand beside the rate, so the reader can divide them.",
    formula="part ÷ whole × 100 % = rate",
    tolerance="half-up at the printed digits; counts are exact, measures rounded; unclear pairs are undecided",
    severity="warning",
    source="财预〔2020〕10号附2（质量达标率=质量达标产出数÷实际产出数×100%）、第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "文 完成抽检3250批次，其中合格3185批次、不合格65批次，合格率98%。",
        "文 发放问卷150份、收回150份，满意138份，满意度92%。",
        "文 抽查26家门店，23家达标，达标率88.46%。",
        "文 计划培训800人次，实际培训836人次，完成率104.5%。",
        "文 回收有效问卷240份，表示满意的215份，满意度89.58%。",
        "文 共下发问卷260份，回收247份，回收率95%。",
        "文 核查路灯150盏，其中147盏亮灯正常，占98.00%。",
        "文 发放问卷170份，回收有效问卷160份，其中满意或基本满意152份，满意度95.00%。",
    ),
    disagrees=(
        "文 18个泵站中15个按期完工，按期完工率88.33%，得4.17分。",
        "文 212名学徒中考核后留用90人，留用率37.74%。",
        "文 完成抽检3250批次，其中合格3185批次、不合格65批次，合格率97%。",
        "文 发放问卷150份、收回150份，满意138份，满意度94%。",
        "文 抽查26家门店，23家达标，达标率86.46%。",
        "文 计划培训800人次，实际培训836人次，完成率114.5%。",
        "文 共下发问卷260份。实际收回247份，问卷回收率为91%。",
        "文 核查路灯150盏，其中147盏亮灯正常，占比89.00%。",
        "文 问卷回收率为91.5%（派发问卷400份，收到376份）。",
        "文 发放问卷170份，回收有效问卷160份，其中满意或基本满意152份，满意度91.00%。",
    ),
    false_alarms=(
        "rates counted from the others (不合格3家)",
        "questionnaires returned told with the valid ones only (回收有效问卷)",
        "shares of a whole that another sentence tells (占全市总数的)",
        "counts of two years",
        "rates capped at 100 %",
        "satisfaction weighted over the answers",
    ),
)
