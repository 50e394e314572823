"""How records state values (数值写法): exact decimals as printed, money in 元, percentages with their sign."""

from collections.abc import Iterable
from decimal import Decimal

from normalizers.records import Mention, ReportedNumber
from pipeline.checks.model import Operand
from pipeline.writers.places import EvidenceRecord, evidence

_NUMBER_FIELDS = frozenset({"weight", "score", "score_rate", "total_score", "total_weight", "completion", "deduction"})

# By role, identity of the place, print and identity of the value, all of which outlive it.
Known = dict[tuple[str, int, str, int], EvidenceRecord]


def plain_number(value: Decimal) -> str:
    """`value` in fixed notation with the digits it has, never with an exponent."""
    text = str(value)  # in half the time, and the same where it needs no exponent
    return f"{value:f}" if "E" in text else text


def yuan_text(value: Decimal | None) -> str | None:
    """元 without trailing zeros behind the point: `32922200`, `1234.5`."""
    if value is None:
        return None
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(number: ReportedNumber) -> str:
    """A reported number as records state it: digits as printed, a percentage with its sign, no other unit."""
    return plain_number(number.value) + ("%" if number.percent else "")


def mention_text(mention: Mention) -> str:
    """What a mention states: a number for fields that are numbers, else the text as printed."""
    if mention.field not in _NUMBER_FIELDS or mention.number is None:
        return mention.text
    if mention.field == "weight" and "%" not in mention.number.printed:
        return plain_number(mention.number.value)  # a head `权重(%)` says how weights are meant, not how they print
    return number_text(mention.number)


def operand_text(operand: Operand) -> str:
    """The value of an operand as used: a number, with its percent sign, or the text where it is none."""
    if operand.value is None:
        return operand.text
    value, printed = plain_number(operand.value), operand.text
    if "%" in printed or "％" in printed:
        return value + "%"
    # What was printed in 万元 is used in 元, where the digits of the print say nothing.
    as_printed = value in printed or value in printed.replace(",", "").replace("，", "")
    return value if as_printed else str(yuan_text(operand.value))


def operand_evidence(operands: Iterable[Operand], known: Known | None = None) -> list[EvidenceRecord]:
    """Evidence of the operands, in order.

    known: what was made of other operands of the same report, and is shared: one print takes part in many relations.
    """
    known = {} if known is None else known
    found = []
    for operand in operands:
        span, text = operand.span, operand.text
        asked = operand.role, id(span), text, id(operand.value)
        record = known.get(asked)
        if record is None:
            record = known[asked] = evidence(operand.role, operand_text(operand), span, text)
        found.append(record)
    return found
