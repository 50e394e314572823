"""Relations put together (关系的构成): verdict, formula and words from the operands and how they fit."""

from collections.abc import Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import Mention, ReportedNumber
from pipeline.checks.model import Operand, Relation, Severity, Verdict
from pipeline.checks.prints import Print
from pipeline.checks.tolerance import Fit, fit, written
from pipeline.checks.wording import FIELDS, place, plus, quote

_VERDICTS: dict[Fit, Verdict] = {
    "exact": "consistent",
    "half-up": "rounding",
    "interval": "rounding",
    "truncation": "inconsistent",
    "differs": "inconsistent",
}


_SIGNS = {"consistent": "=", "rounding": "≈", "inconsistent": "≠"}


def verdict_of(how: Fit) -> Verdict:
    """Agreement, agreement with rounding, or none."""
    return _VERDICTS[how]


def holds(relation: Relation) -> bool:
    """Whether the relation is satisfied, rounding allowed."""
    return relation.verdict in ("consistent", "rounding")


def undecided(relation: Relation, reason: str) -> Relation:
    """The same relation, but undecidable, with the Chinese reason."""
    return replace(relation, verdict="indeterminate", reason=reason, title="", message="")


def restated(
    rule: str, key: str, one: Mention, other: Mention, *, how: Fit, subject: str, severity: Severity = "error"
) -> Relation:
    """Two mentions of one fact compared; `one` is taken as reference, `other` as what is reported."""
    verdict = verdict_of(how)
    left, right = one.text.strip(), other.text.strip()
    name = FIELDS.get(one.field, "")
    relation = Relation(
        rule,
        verdict,
        (Operand.of(key, "reported", one),),
        (Operand.of(key, "restated", other),),
        formula=f"{left} {_SIGNS.get(verdict, '?')} {right}",
        reported=right,
        computed=left,
        difference=_difference(one.number, other.number),
        severity="info" if how == "truncation" else severity,
    )
    if verdict != "inconsistent":
        return relation
    tail = f"，相差 {written(abs(relation.difference))}" if relation.difference else ""
    if how == "truncation":
        tail = "，位数少者系截断而非四舍五入"
    return replace(
        relation,
        title=f"{subject}的{name}前后不一致：{left} 与 {right}",
        message=f"{place(one)}“{quote(one.span, one.text)}”与{place(other)}“{quote(other.span, other.text)}”"
        f"对{subject}{name}的表述不一致{tail}。",
    )


def _difference(one: ReportedNumber | None, other: ReportedNumber | None) -> Decimal | None:
    if one is None or other is None:
        return None
    return other.value - one.value


def added(rule: str, parts: Sequence[tuple[str, Mention]], total_key: str, total: Mention, *, subject: str) -> Relation:
    """The sum of printed values against the printed total; the addends are exact, the total may be rounded shorter.

    parts: (key, mention) of each addend, all with numbers. subject: what the sum is of, Chinese.
    """
    numbers = [mention.number for _, mention in parts if mention.number is not None]
    computed = sum([number.value for number in numbers], Decimal(0))
    reported = total.number
    if reported is None:
        raise ValueError("the total of a sum is a number")
    how: Fit = "exact" if reported.value == computed else "differs"
    if how == "differs" and reported.digits < max(number.digits for number in numbers):
        how = fit(reported, computed)
    relation = Relation(
        rule,
        verdict_of(how),
        tuple([Operand.of(key, "operand", mention) for key, mention in parts]),
        (Operand.of(total_key, "reported", total),),
        formula=f"{plus([written(number.value) for number in numbers])} = {written(computed)}",
        reported=total.text.strip(),
        computed=written(computed),
        difference=reported.value - computed,
    )
    if relation.verdict != "inconsistent":
        return relation
    return replace(
        relation,
        title=f"{subject}合计不符：列示 {total.text.strip()}，逐项相加为 {written(computed)}",
        message=f"{place(total)}“{quote(total.span, total.text)}”，而{subject}逐项相加为 {written(computed)}，"
        f"相差 {written(abs(reported.value - computed))}。",
    )


def operands(row: Print, *names: str, role: str = "operand") -> tuple[Operand, ...]:
    """The operands that a print gives for these marks (`weight`, `score`, `score_rate`)."""
    return tuple([Operand.of(row.key(name), role, mention) for name in names if (mention := row.get(name)) is not None])
