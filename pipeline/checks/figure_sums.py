"""Sums and differences that the numbers of the text show (文中加减): brackets behind a total, totals, remainders."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

from extractors.frozen import replace
from normalizers.records import FundingLine
from pipeline.checks.facts import Facts
from pipeline.checks.figures import Figure
from pipeline.checks.model import Operand, Relation
from pipeline.checks.money import operand
from pipeline.checks.money import text as amount_text
from pipeline.checks.relate import holds
from pipeline.checks.texts import Sentence
from pipeline.checks.tolerance import half_up, written
from pipeline.checks.wording import plus, quote, where

_TOTAL = re.compile(r"合计|共计|累计|总计|总数|总共|共[有建成计开设]*$")
_TOTAL_SIGN = re.compile(r"[计总共]")  # in every word of a total
_REST = re.compile(r"结余|结转|节余|节约|缩减|减少|剩余|未支出|未支付|未使用|收回|核减")
_BRACKET = re.compile(r"^[\u4e00-\u9fff]{0,6}[（(](?P<inside>[^（()）]{4,200})[)）]")
_OPEN = re.compile(r"等|左右|约|余|每|年|含税|不含|截至|月")
_MAIN = ("budget_original", "budget_adjusted", "arrived", "spent")
_NEAR = 12  # characters before a total that call it so
_MOST = 8  # numbers of one sentence in one unit; a longer list is a table told in words


def listed_sums(facts: Facts, rule: str) -> Iterator[Relation]:
    """Sums within sentences and remainders of the project's money; of these only brackets above their total fail."""
    places: dict[tuple[object, ...], list[Figure]] = {}
    for one in facts.figures:
        if not one.bound and not one.tabled:
            places.setdefault((*one.place[:2], one.unit), []).append(one)
    for known in places.values():
        if 3 <= len(known) <= _MOST and known[0].unit != "%":
            yield from _totals(rule, known)
    for sentence in facts.sentences:
        if ("（" in sentence.text or "(" in sentence.text) and sentence.cell is None:
            yield from _brackets(facts, rule, sentence)
    yield from _remainders(facts, rule)


def _totals(rule: str, known: Sequence[Figure]) -> Iterator[Relation]:
    """A number told as a total with two or more numbers beside it that add up to it."""
    for total in known:
        if total.weight < 2 or not _TOTAL_SIGN.search(total.before):
            continue
        if not _TOTAL.search(total.tight.partition("|")[0][-_NEAR:]):
            continue
        others = [one for one in known if one is not total]
        runs = [others[a:b] for a in range(len(others)) for b in range(a + 2, len(others) + 1)]
        parts = next((run for run in runs if _adds(run, total)), None)
        if parts is not None:
            yield _sum(rule, parts, total)


def _adds(parts: Sequence[Figure], total: Figure) -> bool:
    """Whether parts add up to a total, which may be the sum rounded to a larger unit."""
    computed = sum((one.value for one in parts), Decimal(0))
    rounded = half_up(computed / total.step, 0) * total.step
    return computed == total.value or (total.weight > 2 and rounded == total.value)


def _brackets(facts: Facts, rule: str, sentence: Sentence) -> Iterator[Relation]:
    """A total and the parts in the bracket behind it (推广9.3万元（包括直播7.1万元、海报2.2万元）)."""
    place = ("text", id(sentence.flow), sentence.start)
    told = [one for one in facts.figures_at.get(place, ()) if not one.bound]
    for number, total in enumerate(told):
        after = sentence.text.find(total.text) + len(total.text)
        match = _BRACKET.match(sentence.text[after : after + 220])
        if match is None or (not total.unit and total.step < 1):
            continue
        inside = match["inside"]
        parts = [one for one in _printed(inside, told[number + 1 :]) if one.unit == total.unit]
        if len(parts) < 2 or len(parts) > _MOST:
            continue
        relation = _sum(rule, parts, total)
        more = (relation.difference or 0) < 0 and total.unit == "元" and not _OPEN.search(inside)
        if holds(relation):
            yield relation
        elif more and all(one.value < total.value for one in parts) and not _nested(parts):
            yield _exceeded(relation, parts, total)


def _printed(inside: str, told: Sequence[Figure]) -> Iterator[Figure]:
    """The figures, in the order of the sentence, that a bracket prints: `400` once, not again for one behind it."""
    at = 0
    for one in told:
        found = re.compile(rf"(?<![\d.,]){re.escape(one.text)}").search(inside, at)
        if found is not None:
            at = found.end()
            yield one


def _nested(parts: Sequence[Figure]) -> bool:
    """Whether one part is the sum of others behind it."""
    values = [one.value for one in parts]
    ends = range(len(values) + 1)
    return any(sum(values[number + 1 : end]) == value for number, value in enumerate(values) for end in ends)


def _sum(rule: str, parts: Sequence[Figure], total: Figure) -> Relation:
    computed = sum((one.value for one in parts), Decimal(0))
    same = _adds(parts, total)
    return Relation(
        rule,
        "consistent" if computed == total.value else "rounding" if same else "inconsistent",
        tuple(Operand.of_figure(one, "operand") for one in parts),
        (Operand.of_figure(total, "reported"),),
        formula=f"{plus([one.text for one in parts])} {'=' if same else '≠'} {total.text}",
        reported=total.text,
        computed=written(computed),
        difference=total.value - computed,
        severity="warning",
    )


def _exceeded(relation: Relation, parts: Sequence[Figure], total: Figure) -> Relation:
    """The relation of parts that are more than their whole."""
    return replace(
        relation,
        title=f"括号内各项之和超过总额 {total.text}",
        message=f"{where(total.span)}“{quote(total.span, total.text)}”，其后括号内所列各项相加为"
        f" {relation.computed}{total.unit}，超过总额。",
    )


def _remainders(facts: Facts, rule: str) -> Iterator[Relation]:
    """An amount told as left, saved or taken off that is the difference of two amounts of the project."""
    whole = [line for line in facts.funds.lines if line.role in _MAIN and line.yuan and line.subject == ""][:40]
    differences: dict[Decimal, tuple[FundingLine, FundingLine]] = {}
    for one, other in permutations(whole, 2):
        if one.yuan is not None and other.yuan is not None and one.yuan > other.yuan and one.role != other.role:
            differences.setdefault(one.yuan - other.yuan, (one, other))
    for told in facts.figures if differences else ():
        if told.unit != "元" or told.value not in differences or not _REST.search(told.tight.partition("|")[0]):
            continue
        one, other = differences[told.value]
        yield Relation(
            rule,
            "consistent",
            (operand(one, "operand"), operand(other, "operand")),
            (Operand.of_figure(told, "reported"),),
            formula=f"{amount_text(one)} − {amount_text(other)} = {told.text}",
            reported=told.text,
            computed=told.text,
        )
