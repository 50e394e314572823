"""A run in numbers (运行小结): what was read, what not and why, what it found and what it cost."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.options import ExitStatus
from pipeline.work import Yield

ALARMING = ("decisive", "error")
UNREAD = ("refused", "failed")
_NAMED = 100  # unread files named; the ledger names all


@dataclass(slots=True)
class Summary:
    """A run in numbers (运行小结).

    statuses: ledger status → files. findings: severity → findings. codes: code → files that were not read.
    unread: (source, code) of the first files that were not read, in order. twice: files whose content another has.
    slowest: (source, seconds), longest first. stages: stage → seconds. confirmed: nothing was left to do.
    """

    reports: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)
    coverage: Counter[str] = field(default_factory=Counter)
    pages_ocr: int = 0
    twice: int = 0
    slowest: Sequence[tuple[str, float]] = ()
    stages: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    confirmed: bool = False

    def add(self, done: Yield) -> None:
        """Count one file."""
        self.reports += done.reports
        self.statuses[done.status] += 1
        self.findings.update(done.findings)
        self.coverage.update(done.coverage)
        self.pages_ocr += done.pages_ocr
        if done.status in UNREAD:
            self.codes[done.code] += 1
            if len(self.unread) < _NAMED:
                self.unread.append((done.source, done.code))

    @property
    def exit_status(self) -> ExitStatus:
        """The command's answer: unread files outrank findings, because what was not read may hide more."""
        if any(self.statuses[name] for name in UNREAD):
            return ExitStatus.UNREAD
        return ExitStatus.FINDINGS if any(self.findings[name] for name in ALARMING) else ExitStatus.CLEAN

    def to_json(self) -> str:
        """As text, for the state folder."""
        return json.dumps({name: getattr(self, name) for name in _KEPT}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Summary":
        """From what `to_json` gave."""
        values = json.loads(text)
        for name in ("statuses", "findings", "codes", "coverage"):
            values[name] = Counter(values[name])
        for name in ("unread", "slowest"):
            values[name] = [(source, value) for source, value in values[name]]
        return cls(**values)


_KEPT = ("reports", "statuses", "findings", "codes", "unread", "coverage", "pages_ocr", "twice", "slowest", "stages")
