"""Check: growth that a sentence tells of a table's line of years follows from the line (引用年度数据的增长率)."""

from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import replace
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.slip import is_slip
from pipeline.checks.table_laws import grown
from pipeline.checks.texts import printed_digits
from pipeline.checks.told_series import DOWN, Growth, growths_told, series_of
from pipeline.checks.tolerance import HUNDRED, fit, half_up, quotient, written
from pipeline.checks.wording import quote, where

RULE = "series-growth"
_LEAST = 2  # growths of the same sentence that hold
_SLIP = 3  # digits of a rate that is not another by chance


def _test(facts: Facts) -> Iterator[Relation]:
    known = series_of(facts.number_grids)
    for sentence in facts.saying("%", "％") if known else ():
        if sentence.cell is None:
            told = list(growths_told(sentence, known))
            relations = [_relation(one) for one in told]
            held = sum(map(holds, relations))
            for one, relation in zip(told, relations, strict=True):
                sure = holds(relation) or held >= _LEAST or _is_slip(one)
                yield relation if sure else undecided(relation, "该增长率可能另有口径")


def _is_slip(one: Growth) -> bool:
    """Whether a rate is the right one mistyped, or with the base taken wrong, or with the wrong sign."""
    told, point = printed_digits(one.match["rate"]), abs(_point(one))
    turned = quotient(abs(one.now.value - one.before.value) * HUNDRED, one.now.value) if one.now.value else Decimal(0)
    right, wrong = half_up(point, told.digits), half_up(turned, told.digits)
    return told.value in (right, wrong) or is_slip(told.value, right, told.digits, _SLIP)


def _point(one: Growth) -> Decimal:
    return grown(one.before, one.now)[0]


def _relation(one: Growth) -> Relation:
    falls = one.match["way"] in DOWN.split("|")
    point, possible = grown(one.before, one.now, falls=falls)
    rate = printed_digits(one.match["rate"])
    how = fit(rate, point, possible)
    span = one.sentence.span(one.match.start("rate"), one.match.end())
    computed = written(point, max(rate.digits, 2)) + "%"
    told = f"{one.match['rate']}%"
    key = f"text.series.{span.page}.{span.line}.{one.match.start()}"
    ratio = f"{one.now.cell.text} ÷ {one.before.cell.text}"
    relation = Relation(
        RULE,
        verdict_of(how),
        (one.before.operand("operand"), one.now.operand("operand")),
        (Operand(key, "reported", told, rate.value, span),),
        formula=f"1 − {ratio} = {computed}" if falls else f"{ratio} − 1 = {computed}",
        reported=told,
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=rate.value - point,
        severity="info" if how == "truncation" else "warning",
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"“{one.series.name}”{one.match['way']} {told} 与表中所列数值不符（应为 {computed}）",
        message=f"{where(span)}“{quote(span, told)}”，按表中“{one.series.name}”所列数值复算，{relation.formula}。",
    )


CHECK = Check(
    rule=RULE,
    name="引用年度数据的增长率",
    what="Growth that a sentence tells between two years of a line that a table prints follows from the line.",
    why="A growth worked out on the wrong base, or with its sign turned, makes the effect look other than it was.",
    formula="value ÷ value of the year compared with − 1 = growth",
    tolerance="half-up at the printed digits, else the intervals of both values; fails only where the wrong base, the "
    "sign or one slip explains the print, or two other growths of the sentence hold; else undecided",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实）",
    test=_test,
    fold="alone",
    agrees=(
        "表 t9 指标 | 2019 | 2020 | 2021；表 t9 烟尘 | 27.5 | 24.1 | 20.6；表 t9 水耗（吨） | 1.42 | 1.25 | 0.96；"
        "文 与2019年相比，2021年烟尘下降25.09%、水耗下降32.39%。",
    ),
    disagrees=(
        "表 t9 指标 | 2019 | 2020 | 2021；表 t9 烟尘 | 27.5 | 24.1 | 20.6；表 t9 水耗（吨） | 1.42 | 1.25 | 0.96；"
        "文 与2019年相比，2021年烟尘下降33.50%、水耗下降32.39%。",
        "表 t9 指标 | 2019 | 2020 | 2021；表 t9 游客 | 86.4 | 79.5 | 118.2；表 t9 水耗（吨） | 1.42 | 1.25 | 0.96；"
        "文 2021年接待118.2万人次，比2020年增长48.68%，比2019年下降36.81%。",
    ),
    false_alarms=("averages over several years", "growth of another line told in the same sentence"),
)
