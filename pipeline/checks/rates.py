"""Rates of money recomputed (资金比率): spent by budget, arrived by budget; which base was used is found out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalizers.records import FundingLine, ReportedNumber
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.money import ROLES, groups, interval, of_role, operand, place, text
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.slip import is_slip
from pipeline.checks.tolerance import HUNDRED, fit, quotient, written
from pipeline.checks.wording import quote

_NEAR, _MOST = 100, 300  # amounts of one paragraph and of one report that a rate is tried with


@dataclass(frozen=True, slots=True)
class Ratio:
    """A kind of rate (比率): numerator's role, the roles that may be its base, the preferred first."""

    rule: str
    rate: str
    part: str
    bases: tuple[str, ...]


def tested(facts: Facts, ratio: Ratio) -> Iterator[Relation]:
    """The relation of every printed rate of this kind whose amounts stand in its row, sentence or paragraph."""
    for lines in groups(facts):
        rates = of_role(lines, ratio.rate)
        parts, bases = of_role(lines, ratio.part), of_role(lines, *ratio.bases)
        for rate in rates:
            if parts and bases:
                yield _best(ratio, rate, parts, bases, alone=len(rates) == 1)
            else:
                yield from _from_paragraph(facts, ratio, rate, parts, bases)


def _from_paragraph(
    facts: Facts, ratio: Ratio, rate: FundingLine, parts: list[FundingLine], bases: list[FundingLine]
) -> Iterator[Relation]:
    """Amounts that the sentence leaves out, from its paragraph; those from further off can only confirm."""
    near = tuple(line for line in facts.funds.beside(rate)[:_NEAR] if facts.funds.current(line))
    parts, bases = parts or of_role(near, ratio.part), bases or of_role(wholes(facts, near), *ratio.bases)
    if parts and bases:
        relation = _best(ratio, rate, parts, bases, alone=len({line.yuan for line in parts}) == 1)
        clear = all(line.subject == rate.subject for line in (*parts, *bases))
        yield relation if holds(relation) or clear else undecided(relation, "比率与金额不在同一句，对应关系不能确定")
    elif parts:
        lines = facts.funds.lines[:_MOST]
        general = [line for line in lines if line.role in ratio.bases and line.subject == rate.subject]
        ways = list(_ways(ratio, rate, parts, general))
        yield from [relation for relation in ways if holds(relation)][:1] or _misprinted(facts, ratio, rate, ways)


def wholes(facts: Facts, lines: tuple[FundingLine, ...]) -> tuple[FundingLine, ...]:
    """Amounts of a paragraph without those listed behind 其中 as parts of another."""
    by_group: dict[str, list[FundingLine]] = {}
    for line in lines:
        by_group.setdefault(line.group, []).append(line)
    parts = {id(part) for group in by_group.values() for part in facts.funds.parts(group)}
    return tuple(line for line in lines if id(line) not in parts)


def _misprinted(facts: Facts, ratio: Ratio, rate: FundingLine, ways: list[Relation]) -> Iterator[Relation]:
    """Where all the money is said to have come or gone (100 %), the way whose part is its base misprinted."""
    if as_percent(rate.number).value != HUNDRED or not facts.funds.current(rate):
        return
    for relation in ways:
        part, base = relation.left
        if part.value is not None and base.value is not None and is_slip(part.value, base.value, 2):
            yield relation
            return


def _ways(ratio: Ratio, rate: FundingLine, parts: list[FundingLine], bases: list[FundingLine]) -> Iterator[Relation]:
    for part in parts:
        for base in bases:
            if base.yuan is not None and base.yuan > 0 and part.yuan is not None:
                yield _relation(ratio, rate, part, base)


def _best(
    ratio: Ratio,
    rate: FundingLine,
    parts: list[FundingLine],
    bases: list[FundingLine],
    *,
    alone: bool,
) -> Relation:
    """The way of dividing that holds; else the closest one, undecided if it is unclear what to divide."""
    ways = list(_ways(ratio, rate, parts, bases))
    if not ways:
        failed = _relation(ratio, rate, parts[0], replace(bases[0], yuan=Decimal(1)))
        return undecided(replace(failed, formula=""), "基数为零或不明，无法复算")
    failed = min(ways, key=lambda relation: (not holds(relation), abs(relation.difference or 0)))
    if holds(failed):
        return failed
    if len({line.yuan for line in parts}) > 1 or not alone:
        return undecided(failed, "同一句列有多笔金额或多个比率，对应关系不能确定")
    if rate.subject and parts[0].subject and rate.subject != parts[0].subject and not rate.table:
        return undecided(failed, "比率与金额所指对象可能不同")
    return failed


def _relation(ratio: Ratio, rate: FundingLine, part: FundingLine, base: FundingLine) -> Relation:
    dividend, divisor = part.yuan or Decimal(0), base.yuan or Decimal(1)
    printed = _percent(rate.number)
    exact = quotient(dividend * HUNDRED, divisor)
    possible = interval(part).scaled(HUNDRED).divide(interval(base))
    how = fit(printed, exact, possible)
    computed = written(exact, max(printed.digits, 2)) + "%"
    relation = Relation(
        ratio.rule,
        verdict_of(how),
        (operand(part, "operand"), operand(base, "operand")),
        (operand(rate, "reported"),),
        formula=f"{text(part)} ÷ {text(base)} = {computed}",
        reported=text(rate),
        computed=computed,
        low=None if possible is None else possible.low,
        high=None if possible is None else possible.high,
        difference=printed.value - exact,
        severity="info" if how == "truncation" else "error",
    )
    if relation.verdict != "inconsistent":
        return relation
    name = ROLES[ratio.rate]
    return replace(
        relation,
        title=f"{name} {relation.reported} 与列示金额不符（{relation.formula}）",
        message=f"{place(rate)}“{quote(rate.span, rate.number.printed)}”：以{ROLES[part.role]} {text(part)}、"
        f"{ROLES[base.role]} {text(base)}复算，{relation.formula}，报告所列为 {relation.reported}"
        f"{'，系截断而非四舍五入' if how == 'truncation' else ''}。",
    )


def _percent(rate: ReportedNumber) -> ReportedNumber:
    return as_percent(rate)
