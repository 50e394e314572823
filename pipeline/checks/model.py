"""What checking makes (核对): relations tested, and findings (疑点)."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Literal

from extractors.frozen import frozen
from pipeline.checks.facts import Facts
from pipeline.checks.operand import Operand

__all__ = [
    "Change", "Check", "Effect", "Finding", "Fold", "Localization", "Operand", "Relation", "Severity", "Verdict", "Way",
]  # fmt: skip

Verdict = Literal["consistent", "rounding", "inconsistent", "indeterminate"]
Severity = Literal["decisive", "error", "warning", "info"]
Fold = Literal["fact", "dependent", "alone"]


@frozen
class Relation:
    """One relation between printed values, tested (关系).

    left: the operands it is computed from; right: what the report states. formula: with numbers filled in.
    computed: recomputed value as text; low, high: its interval; reason: why undecidable or blocked, Chinese.
    difference: reported − recomputed, for numbers. severity: of the finding if it fails.
    """

    rule: str
    verdict: Verdict
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]
    formula: str
    reported: str
    computed: str
    low: Decimal | None = None
    high: Decimal | None = None
    difference: Decimal | None = None
    reason: str = ""
    title: str = ""
    message: str = ""
    severity: Severity = "error"

    @property
    def operands(self) -> tuple[Operand, ...]:
        """Both sides."""
        return self.left + self.right


@frozen
class Check:
    """One rule (规则). test: facts of a report -> relations tested, those that hold included.

    what, why, formula, tolerance: English, one sentence each; name: Chinese term; source: regulation and article
    or rule of the field; false_alarms: patterns known to look like an error and not to be one.
    fold: `fact` relations about one fact become one finding; `dependent` ones (sums) join the finding about a fact
    they use, where there is one; `alone`: those of one rule and fact become a finding of their own.
    second: a second look: where another rule has judged a number, what this one finds of it is left out.
    silent: the rule looks for something that should not be there, and tests nothing where it is not.
    agrees, disagrees: small reports in the notation of tests/pipeline/checks/notation.py; they are the rule's tests.
    """

    rule: str
    name: str
    what: str
    why: str
    formula: str
    tolerance: str
    severity: Severity
    source: str
    test: Callable[[Facts], Iterator[Relation]]
    fold: Fold = "fact"
    second: bool = False
    silent: bool = False
    agrees: tuple[str, ...] = ()
    disagrees: tuple[str, ...] = ()
    false_alarms: tuple[str, ...] = ()


@frozen
class Effect:
    """What the total and the grade become if the likelier value is taken (影响)."""

    total: str
    grade: str | None
    grade_changes: bool


@frozen
class Change:
    """A stated value that would have to change (须改动的数值).

    operands: every place that prints it, in order. fitting: a value of as many digits with which everything holds;
    '' where that is open. It is what the report's other numbers imply, no correction.
    """

    subject: str
    operands: tuple[Operand, ...]
    fitting: str = ""


@frozen
class Way:
    """One way to make all relations hold (改动办法). places: how many printed places it changes."""

    places: int
    changes: tuple[Change, ...]


@frozen
class Localization:
    """How the likelier error was found (疑误定位的依据).

    method: `smallest-change` (the smallest set of changes that makes every relation hold, searched exactly), or
    `witness-count` where that search was given up and only witnesses were counted. best: None where given up.
    alternatives: other ways, the cheapest first; near: how many of them are as cheap as the best, or nearly so.
    """

    method: Literal["smallest-change", "witness-count"]
    best: Way | None = None
    alternatives: tuple[Way, ...] = ()
    near: int = 0


@frozen
class Finding:
    """疑点: one thing wrong with one report; see CONTRACT.md for every field.

    evidence: operands of the folded relations, each once, sorted by place. likelier_wrong: index into evidence.
    witnesses: for each distinct stated value, how many independent places support it.
    localization: what the likelier error rests on; None where nothing is weighed (wording, targets).
    """

    finding_id: str
    rule: str
    severity: Severity
    title: str
    message: str
    formula: str
    reported: str
    expected: str
    expected_low: str | None
    expected_high: str | None
    difference: str | None
    likelier_wrong: int | None
    witnesses: tuple[tuple[str, int], ...]
    effect: Effect | None
    suspect: Literal["report", "reading"]
    relations: tuple[int, ...]
    evidence: tuple[Operand, ...]
    localization: Localization | None = None
