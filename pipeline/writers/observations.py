"""The record of what is noticed across reports (跨报告观察记录)."""

from typing import Literal

from typing_extensions import TypedDict

ObservationKind = Literal[
    "figures-differ", "same-project", "near-duplicate", "copied-passages", "uniform-full-marks", "above-limit"
]


class ObservedReportRecord(TypedDict):
    """A report that an observation concerns (所涉报告)."""

    report_id: str
    """Its id."""
    source: str
    """Its file."""
    part: int
    """Its part of the file, 1-based."""
    title: str
    """Its project, or title."""
    place: str
    """Where to look; empty for the report as a whole."""


class FigureRecord(TypedDict):
    """What was measured (数据)."""

    name: str
    """What."""
    value: str
    """How much, as text."""


class ObservationRecord(TypedDict):
    """What is noticed across reports (跨报告观察): no finding, no accusation, without effect on the exit status."""

    report_id: str
    """The first report it concerns."""
    source: str
    """Its file."""
    part: int
    """Its part of the file, 1-based."""
    observation_id: str
    """Stable over runs: kind, title, reports."""
    kind: ObservationKind
    """What was noticed."""
    title: str
    """One line."""
    message: str
    """What, how it was measured, and how to take it."""
    count: int
    """How many reports it concerns."""
    reports: list[ObservedReportRecord]
    """Those reports, at most 50 of them."""
    figures: list[FigureRecord]
    """What was measured."""
