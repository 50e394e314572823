"""How records state values (数值写法): exact decimals as printed, money in 元, percentages with their sign."""

from collections.abc import Iterable
from decimal import Decimal

from extractors.provenance import SourceSpan
from normalizers.records import Mention, ReportedNumber
from pipeline.checks.model import Operand
from pipeline.writers.places import EvidenceRecord, Kept, evidence

_NUMBER_FIELDS = frozenset({"weight", "score", "score_rate", "total_score", "total_weight", "completion", "deduction"})


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


class Shown:
    """What was made of one report's values (已记出处): a print takes part in many relations, each made once.

    places: of any value, by its place. Everything is known by identity: report and relations outlive this.
    """

    def __init__(self) -> None:
        """Nothing is known yet."""
        self.places: Kept = {}
        self._operands: dict[tuple[str, int, str, int], EvidenceRecord] = {}  # by role, place, print and value
        self._numbers: dict[tuple[int, str], SourceSpan] = {}  # by place and print

    def operands(self, operands: Iterable[Operand]) -> list[EvidenceRecord]:
        """Evidence of the operands, in order."""
        found = []
        known = self._operands
        for operand in operands:
            span, text, value = operand.span, operand.text, operand.value
            asked = operand.role, id(span), text, id(value)
            record = known.get(asked)
            if record is None:
                record = known[asked] = evidence(operand.role, operand_text(operand), span, text, self.places)
                if value is not None:
                    self._numbers[id(span), text] = span
            found.append(record)
        return found

    def numbers(self) -> int:
        """How many printed numbers are among the operands, each place once."""
        return len({(_place(span), text) for (_, text), span in self._numbers.items()})


def _place(span: SourceSpan) -> tuple[object, ...]:
    """A place, cheap to hash."""
    cell = span.cell
    return span.page, span.line, span.bbox, cell and (cell.table, cell.row, cell.column)
