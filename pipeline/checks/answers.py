"""Targets and the actual values that answer them (目标值与实际值), as an indicator's row or text gives both."""

from extractors.frozen import frozen
from normalizers.records import EvaluationReport, Indicator, Mention, ReportedNumber
from pipeline.checks.quantities import number_in


@frozen
class Answered:
    """An indicator with its target and its actual value, and the numbers that these two are, if any (目标与实际)."""

    indicator: Indicator
    target: Mention
    actual: Mention
    wanted: ReportedNumber | None
    reached: ReportedNumber | None


def actuals(report: EvaluationReport) -> tuple[tuple[Indicator, Mention, ReportedNumber | None], ...]:
    """The indicators that state an actual value, with it and the number that it is."""
    stated = [(one, one.get("actual")) for one in report.indicators]
    return tuple([(one, actual, number_in(actual)) for one, actual in stated if actual is not None])


def answered(actual: tuple[tuple[Indicator, Mention, ReportedNumber | None], ...]) -> tuple[Answered, ...]:
    """Those of them that state a target, too."""
    stated = [(one, one.get("target"), mention, number) for one, mention, number in actual]
    return tuple(
        [
            Answered(one, target, mention, number_in(target), number)
            for one, target, mention, number in stated
            if target is not None
        ]
    )
