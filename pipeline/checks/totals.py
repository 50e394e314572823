"""Whether two statements of a total or grade speak of one thing (总分口径)."""

import re
from itertools import product

from normalizers.dates import years
from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.tolerance import HUNDRED

# Words that make a score another's: the spender's own, a contract review's, last year's, a draft's.
_OTHERS = (
    "自评", "初评", "复评", "复核", "考核", "合同", "验收", "上年", "去年", "上一年", "预评", "专家", "问卷", "调查",
    "满意度", "调整前", "整改前", "中期",
)  # fmt: skip
_ELSEWHERE = re.compile(
    r"与本次评价[^。；]{0,12}(?:相差|不同|差异)|(?:比|较)(?:上|前)一?年|[对就][^，。；]{0,12}(?:19|20)\d\d\s?年度?[^，。；]{2,30}(?:开展|进行)[^，。；]{0,8}评价"
)
_APART = re.compile(r"与[^，。；]{0,24}得分[^，。；]{0,10}(?:分别|各自|单独|分开)(?:计算|计分|评分|评定|打分)")
_CHANGED = re.compile(r"((?:19|20)\d\d)年度?(?:比|较)?[^，。；\d]{0,8}(?:提高|下降|上升|降低|增加|减少)")
_OPENS = 8  # characters of a sentence in which it names the year it is about
CONVERTED = re.compile(r"[折换]算|折合")  # points told of another full mark
# No clause that denies it (`与省级得分不直接加权`).
_WEIGHED = re.compile(r"(?:^|[，。；：（(])[^，。；：（(不未]{0,60}(?:加权|按[^，。；不未]{0,30}权重)")
_RATED = re.compile(r"分别(?:评分|评价|打分|得分)|各[^，。；]{0,10}得分|逐个(?:评分|评价)")
_CLAUSE_END = re.compile(r"[，,。；;！!？?\n]")


def another_total(facts: Facts, one: Mention, other: Mention) -> str:
    """Why two totals (or grades) may be those of different ratings, Chinese; '' if nothing says so."""
    if any(_APART.search(_sentence(facts, mention)) for mention in (one, other) if mention.table is None):
        return "文中称两个得分分别计算"
    return _another_rater(facts, one, other) or _another_scale(facts, one, other) or _another_year(facts, one, other)


def _another_rater(facts: Facts, one: Mention, other: Mention) -> str:
    """Whether words before only one of them say that somebody else rated, or something else."""
    own = facts.report.kind in ("self_evaluation", "overall_expenditure")
    midterm = any(one.field == "title" and "中期" in one.text for one in facts.report.field_mentions)
    for word, (here, there) in product(_OTHERS, ((one, other), (other, one))):
        if (own and word == "自评") or (word == "中期" and midterm):
            continue
        if word in _around(facts, here) and word not in _around(facts, there):
            return f"一处提及“{word}”，两处可能不是同一次评分"
    return ""


def _another_scale(facts: Facts, one: Mention, other: Mention) -> str:
    """Whether one of them is the other made into points of a hundred."""
    if len({bool(CONVERTED.search(_around(facts, mention))) for mention in (one, other)}) > 1:
        return "一处为折算成百分制的得分"
    return "一处按千分制、一处折算为百分制" if _converted(one, other) else ""


def _another_year(facts: Facts, one: Mention, other: Mention) -> str:
    """Whether one of them is told of a year that is not evaluated."""
    named = [
        set(years(_around(facts, mention) if mention.field != "grade" else _before(facts, mention)))
        for mention in (one, other)
    ]
    evaluated = set(facts.report.fiscal_year)
    if not evaluated and all(named) and not named[0] & named[1]:
        return "两处所述年度不同，报告未写明评价年度"
    if any(mention.field != "grade" and _of_earlier_year(facts, mention) for mention in (one, other)):
        return "一处为上一年度的得分"
    opened = [set(years(_opening(facts, mention))) for mention in (one, other)]
    if evaluated and any(year and not year & evaluated for year in (*named, *opened)):
        return "一处为其他年度的得分"
    return ""


def of_another_rating(facts: Facts, total: Mention) -> bool:
    """Whether the only sentence that gives a total tells of another rating: last year's, the spender's, a project's."""
    if total.table is not None or any(
        one is not total and one.number and total.number and one.number.value == total.number.value
        for one in facts.totals
    ):
        return False
    own = facts.report.kind in ("self_evaluation", "overall_expenditure")
    around = _around(facts, total)
    told = _sentence(facts, total)
    named = any(word in around for word in _OTHERS if not (own and word == "自评"))
    return named or _ELSEWHERE.search(told) is not None or _of_earlier_year(facts, total)


def _sentence(facts: Facts, mention: Mention) -> str:
    """The sentence that prints a value."""
    value = mention.text.strip("分 ")
    return next((one.text for one in facts.sentences_at(mention.span) if value in one.text), "")


def _of_earlier_year(facts: Facts, total: Mention) -> bool:
    """Whether the sentence names a year before the total and a later one behind it, for which it rose or fell.

    `2022年度自评总分95.06分，2023年提高1.47分`.
    """
    before, _, behind = _sentence(facts, total).partition(total.text.strip("分 "))
    named, later = years(before), _CHANGED.search(behind)
    return bool(named) and later is not None and int(later[1]) > max(named)


def weighed(facts: Facts) -> bool:
    """Whether the report says that its total weighs the ratings of several parts (`分别评分，再按权重加权`)."""
    told = facts.saying("加权", "权重")
    return any(_WEIGHED.search(one.text) and _RATED.search(one.text) for one in told)


def _converted(one: Mention, other: Mention) -> bool:
    """Whether one total is of a thousand points and the other what it comes to of a hundred."""
    values = sorted(mention.number.value for mention in (one, other) if mention.number is not None)
    return len(values) == 2 and values[0] <= HUNDRED < values[1] and round(values[1] / 10, 2) == values[0]


def _before(facts: Facts, mention: Mention) -> str:
    """The sentence up to the value: a grade follows the score, and the year stands before that."""
    if mention.place not in ("prose", "heading", "cell-text"):
        return ""
    quote = mention.span.quote.strip()
    told = next((one.text for one in facts.sentences_at(mention.span) if quote in one.text), quote)
    return told[: max(told.rfind(quote), 0)] + quote.rpartition(mention.text.strip())[0]


def _opening(facts: Facts, mention: Mention) -> str:
    """How the sentence begins that states a value: `2021年度该专项资金预算…，复核87.3分` is told of that year."""
    return _before(facts, mention)[:_OPENS]


def _around(facts: Facts, mention: Mention) -> str:
    """The text just before the value; what stands further off speaks of something else."""
    if mention.place not in ("prose", "heading", "cell-text"):
        return ""
    if mention.field == "grade":  # `复核等级“良”`: whose grade it is stands before the quote, in its own clause
        return _CLAUSE_END.split(_before(facts, mention))[-1][-24:]
    text = mention.span.quote
    at = text.find(mention.text.strip())
    return text[max(at - 24, 0) : at] if at >= 0 else text[:40]
