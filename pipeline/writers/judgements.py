"""The parts of records that judge (判断记录): witnesses, effect, likelier error, what total and grade become."""

from typing import Literal

from typing_extensions import TypedDict

from pipeline.writers.places import EvidenceRecord


class WitnessRecord(TypedDict):
    """How many independent places support a stated value (旁证)."""

    value: str
    """The value."""
    places: int
    """How many places support it."""


class EffectRecord(TypedDict):
    """What the report's total and grade become if the likelier value is taken (影响)."""

    total: str
    """Total score recomputed."""
    grade: str | None
    """Grade that follows; null where no scale is known."""
    grade_changes: bool
    """Whether it is another grade than the one stated."""


class SidesRecord(TypedDict):
    """The two sides that disagree (矛盾两方), as 0-based indices into a finding's `evidence`."""

    stated: list[int]
    """What the report states."""
    against: list[int]
    """What that is computed from or compared with."""


class ChangeRecord(TypedDict):
    """A stated value that would have to change (须改动的数值)."""

    subject: str
    """What it states, Chinese; empty where its own words must do."""
    value: str
    """The value as printed."""
    fitting: str | None
    """A value of as many digits with which everything holds: implied by the other numbers, no correction."""
    evidence: list[EvidenceRecord]
    """Every place that prints it."""


class WayRecord(TypedDict):
    """One way to make all relations hold (改动办法)."""

    places: int
    """How many printed places it changes."""
    changes: list[ChangeRecord]
    """What it changes."""


class LocalizationRecord(TypedDict):
    """What the likelier error rests on (疑误定位的依据)."""

    method: Literal["smallest-change", "witness-count"]
    """The smallest set of changes that makes every relation hold; or, where that search was given up, witnesses."""
    best: WayRecord | None
    """The smallest change; null where the search was given up."""
    alternatives: list[WayRecord]
    """Other ways, the cheapest first."""
    near: int
    """How many of `alternatives` are as cheap as the best or nearly so."""


class ScenarioRecord(TypedDict):
    """Total and grade on one basis (情形)."""

    basis: str
    """Which values are taken."""
    total: str
    """Total score recomputed."""
    grade: str | None
    """Grade that follows; null where no scale is known."""
    grade_changes: bool
    """Whether it is another grade than the one stated."""
    changes: int
    """How many disputed scores it replaces."""
    statement: str
    """A sentence an auditor can paste."""
