"""Rates of money recomputed (资金比率): spent by budget, arrived by budget; which base was used is found out."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.frozen import frozen, replace
from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.model import Relation
from pipeline.checks.money import RATES, ROLES, groups, interval, of_role, operand, place, text
from pipeline.checks.relate import holds, undecided, verdict_of
from pipeline.checks.score_rate import as_percent
from pipeline.checks.slip import is_slip
from pipeline.checks.tolerance import HUNDRED, Fit, Interval, fit, quotient, written
from pipeline.checks.wording import quote

_NEAR, _MOST = 100, 300  # amounts of one paragraph and of one report that a rate is tried with
_ROWS = 3  # rates of a table that cannot all be wrong
_BUDGETS = ("budget_original", "budget_adjusted", "arrived")  # what is spent of another of these is a wrong rate
_PAIRED = 12  # amounts of one paragraph of which any two may explain a rate
_AROUND = 24  # characters before and behind a rate that may name its base
_BEFORE = re.compile(r"占[^，。；,;%％]{0,8}?(到位|下达|预算|调整后)[^，。；,;%％\d]{0,8}$")
_RECKONED = re.compile(
    r"按[^，。；,;]{0,6}?(到位|下达|预算|调整后)[^，。；,;\d]{0,6}(?:计算|测算|口径)[^，。；,;\d]{0,10}$"
)
_BEHIND = re.compile(r"\s*[（(][^（()）]{0,12}[/÷]\s*[^（()）]{0,4}(到位|预算)")
_WIDER = re.compile(r"可用|可支配|资金总[额量]|总投资|总资金|全部资金|(?:合计|共计)$")
_SOURCE = re.compile(r"[省市县区镇乡]级?(?:财政)?(?:配套|自筹|补助|专项|财政)|^(?:中央|地方|上级|自筹|配套)")
_ONE_SOURCE = re.compile(r"(?:中央|上级|自筹|[省市县区州旗乡镇]{1,2}级|市县|省|县区)(?:财政)?(?:补助|专项|配套)?资金")
_BASES = {"到位": ("arrived",), "下达": ("budget_adjusted",), "调整后": ("budget_adjusted",)}


@frozen
class Ratio:
    """A kind of rate (比率): numerator's role, the roles that may be its base, the preferred first."""

    rule: str
    rate: str
    part: str
    bases: tuple[str, ...]


def tested(facts: Facts, ratio: Ratio, *, tabled: bool = False) -> Iterator[Relation]:
    """The relation of every printed rate of this kind whose amounts stand in its row, sentence or paragraph.

    A table of which not one rate follows is not understood: its rates are of other columns.
    tabled: only of the rates that stand in cells.
    """
    found = facts.kept(ratio.rule, lambda: _judged(facts, ratio))
    return (one for one in found if one.right[0].span.cell is not None) if tabled else iter(found)


def _judged(facts: Facts, ratio: Ratio) -> Iterator[Relation]:
    """The relations, those of a table that is not understood undecided."""
    relations = list(_tested(facts, ratio))
    tables: dict[str, list[Relation]] = {}
    for one in relations:
        if one.right[0].span.cell is not None and one.verdict != "indeterminate":
            tables.setdefault(one.right[0].span.cell.table, []).append(one)
    unread = {table for table, found in tables.items() if len(found) >= _ROWS and not any(map(holds, found))}
    for one in relations:
        cell = one.right[0].span.cell
        doubted = cell is not None and cell.table in unread and one.verdict == "inconsistent"
        yield undecided(one, "该表各行比率均与所列金额不符，比率所依据的栏目不明") if doubted else one


def _tested(facts: Facts, ratio: Ratio) -> Iterator[Relation]:
    """The relations, each by itself."""
    for lines in groups(facts):
        rates = of_role(lines, ratio.rate)
        for rate in rates:
            named = _named(facts, rate)
            own = ratio if not named else replace(ratio, bases=named)
            told = tuple(line for line in lines if _of_one_year(line, rate))
            parts, bases = of_role(told, own.part), of_role(told, *own.bases)
            if parts and bases:
                relation = _best(own, rate, parts, bases, alone=len(rates) == 1 or bool(named))
                yield (
                    relation if relation.verdict != "inconsistent" else _wider(facts, own, rate, parts, lines, relation)
                )
            else:
                yield from _from_paragraph(facts, own, rate, parts, bases, named=bool(named))


def _wider(
    facts: Facts,
    ratio: Ratio,
    rate: FundingLine,
    parts: list[FundingLine],
    lines: tuple[FundingLine, ...],
    failed: Relation,
) -> Relation:
    """The failed relation, or the one with another whole that the sentence tells: 可用资金 with what was carried over.

    Where the sentence names such a whole and the rate follows from none, it is unclear what was divided; so it is
    where the rate follows from two other amounts of its paragraph (年初预算175万元，年中调整为168.6万元。支出…).
    """
    others = [line for line in lines if line.table is None and line.role not in (ratio.part, *ratio.bases, *RATES)]
    held = [one for one in _ways(ratio, rate, parts, [line for line in others if line.yuan]) if holds(one)]
    if held:
        return held[0]
    if any(_WIDER.search(line.item) for line in others):
        return undecided(failed, "同一句另列有可用资金等其他口径的总额，比率的基数不明")
    if rate.table is None and rate.subject == "" and _of_one_source(ratio, lines):
        return undecided(failed, "同一句所列为其中一项资金来源的金额，比率可能是全部资金的")
    if rate.table is None and _of_two_others(facts, ratio, rate):
        return undecided(failed, "比率与同一段落的另两笔金额相符，所指口径不明")
    return failed


def _of_two_others(facts: Facts, ratio: Ratio, rate: FundingLine) -> bool:
    """Whether two amounts of the paragraph, other than what was spent of a budget, give the rate."""
    near = [line for line in facts.funds.beside(rate)[:_PAIRED] if line.role not in RATES and line.yuan]
    printed, spans = as_percent(rate.number), [interval(line) for line in near]
    around = Interval.printed(printed)
    for part, part_span in zip(near, spans, strict=True):
        hundredfold, wide = (part.yuan or Decimal(0)) * HUNDRED, part_span.scaled(HUNDRED)
        for base, base_span in zip(near, spans, strict=True):
            if base.yuan is None or base.yuan <= 0 or (part.role == ratio.part and base.role in _BUDGETS):
                continue
            possible = wide.divide(base_span)
            if possible is not None and not possible.meets(around):
                continue  # as nearly all: no rounding makes it the rate
            if verdict_of(fit(printed, quotient(hundredfold, base.yuan), possible)) != "inconsistent":
                return True
    return False


def _of_one_source(ratio: Ratio, lines: tuple[FundingLine, ...]) -> bool:
    """Whether all that a sentence tells as planned is the money of one source (区级配套资金预算760万元)."""
    subjects = {line.subject for line in lines if line.role in ratio.bases}
    return bool(subjects) and all(map(_SOURCE.search, subjects))


def _of_one_year(one: FundingLine, other: FundingLine) -> bool:
    """Whether two amounts are not told of different years (2023年支出…，执行率…；2024年预算…)."""
    return one.year is None or other.year is None or one.year == other.year


def _alike(parts: list[FundingLine], bases: list[FundingLine]) -> bool:
    """Whether what was spent is not the money of one source (省级资金执行) beside the whole that arrived."""
    sides = [any(_ONE_SOURCE.search(line.item) for line in side) for side in (parts, bases)]
    return sides[0] == sides[1]


def _named(facts: Facts, rate: FundingLine) -> tuple[str, ...]:
    """The roles of the base that a sentence names right beside a rate (占到位资金的…); () if none."""
    sentence = facts.funds.sentence(rate)
    at = -1 if sentence is None else sentence.text.find(rate.number.printed)
    if sentence is None or at < 0:
        return ()
    behind = at + len(rate.number.printed)
    low = max(at - _AROUND, 0)
    told = _BEHIND.match(sentence.text, behind) or _BEFORE.search(sentence.text, low, at)
    told = told or _RECKONED.search(sentence.text, low, at)
    return _BASES.get(told[1], ("budget_adjusted", "budget_original")) if told else ()


def _from_paragraph(
    facts: Facts, ratio: Ratio, rate: FundingLine, parts: list[FundingLine], bases: list[FundingLine], *, named: bool
) -> Iterator[Relation]:
    """Amounts that the sentence leaves out, from its paragraph; those from further off can only confirm.

    But for a base that the sentence names and the report states once, or that is spent and left over together.
    """
    if not facts.funds.current(rate):
        return
    near = tuple(line for line in facts.funds.beside(rate)[:_NEAR] if facts.funds.current(line))
    parts, bases = parts or of_role(near, ratio.part), bases or of_role(wholes(facts, near), *ratio.bases)
    if parts and bases:
        relation = _best(ratio, rate, parts, bases, alone=len({line.yuan for line in parts}) == 1)
        clear = all(line.subject == rate.subject for line in (*parts, *bases)) and _alike(parts, bases)
        if relation.verdict == "inconsistent" and clear:
            whole = set(map(id, wholes(facts, near)))
            listed = [line for line in of_role(near, *ratio.bases) if id(line) not in whole]
            held = [one for one in _ways(ratio, rate, parts, listed) if holds(one)]  # of 其中本级3,720万元
            relation = held[0] if held else _wider(facts, ratio, rate, parts, (), relation)
        yield relation if holds(relation) or clear else undecided(relation, "比率与金额不在同一句，对应关系不能确定")
    elif parts:
        lines = facts.funds.lines[:_MOST]
        general = [line for line in lines if line.role in ratio.bases and line.subject == rate.subject]
        ways = list(_ways(ratio, rate, parts, general))
        held = [relation for relation in ways if holds(relation)][:1]
        yield from (
            held
            or _decided(facts, ratio, rate, parts, general if named else [])
            or _misprinted(facts, ratio, rate, ways)
        )


def _decided(
    facts: Facts, ratio: Ratio, rate: FundingLine, parts: list[FundingLine], named: list[FundingLine]
) -> list[Relation]:
    """The one way left where base and part are beyond doubt; nothing where they are not."""
    if len({line.yuan for line in parts}) != 1 or rate.table is not None or not facts.funds.current(rate):
        return []
    whole = [line for line in named if line.row_role in ("", "total") and facts.funds.current(line)]
    if len({line.yuan for line in whole}) != 1:
        rests = of_role(tuple(facts.funds.by_group[rate.group]), "saved")
        together = {(parts[0].yuan or Decimal(0)) + (rest.yuan or Decimal(0)) for rest in rests}
        lines = [line for line in facts.funds.lines[:_MOST] if line.role in (*ratio.bases, "other")]
        whole = [line for line in lines if len(rests) == 1 and line.yuan in together and line.row_role in ("", "total")]
    return list(_ways(ratio, rate, parts[:1], whole[:1]))


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
    if not holds(failed) and not any(_of_one_year(part, base) for part in parts for base in bases):
        return undecided(failed, "所列各数所指年度不同")
    if holds(failed):
        return failed
    if len({line.yuan for line in parts}) > 1 or not alone:
        return undecided(failed, "同一句列有多笔金额或多个比率，对应关系不能确定")
    if rate.subject and parts[0].subject and rate.subject != parts[0].subject and not rate.table:
        return undecided(failed, "比率与金额所指对象可能不同")
    return failed


def _divided(rate: FundingLine, part: FundingLine, base: FundingLine) -> tuple[Decimal, Interval | None, Fit]:
    """The rate that two amounts make, what their prints allow it to be, and how the printed one follows from it."""
    exact = quotient((part.yuan or Decimal(0)) * HUNDRED, base.yuan or Decimal(1))
    possible = interval(part).scaled(HUNDRED).divide(interval(base))
    return exact, possible, fit(as_percent(rate.number), exact, possible)


def _relation(ratio: Ratio, rate: FundingLine, part: FundingLine, base: FundingLine) -> Relation:
    exact, possible, how = _divided(rate, part, base)
    printed = as_percent(rate.number)
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
        message=f"{place(rate)}“{quote(rate.span, rate.number.printed)}”：以"
        f"{ROLES.get(part.role, '金额')} {text(part)}、{ROLES.get(base.role, '资金总额')} {text(base)}复算，"
        f"{relation.formula}，报告所列为 {relation.reported}"
        f"{'，系截断而非四舍五入' if how == 'truncation' else ''}。",
    )
