"""What is noticed across reports (跨报告观察): to be looked at, no accusation, no finding."""

import hashlib
from collections.abc import Sequence

from extractors.frozen import frozen
from pipeline.across.corpus import Entry
from pipeline.writers.observations import ObservationKind, ObservationRecord

_MOST_REPORTS = 50  # reports listed by one observation


@frozen
class Observation:
    """观察.

    reports: those it concerns, in order; count: how many, where not all are listed. places: for each report where to
    look, Chinese, or ''. figures: (name, value) of what was measured.
    """

    kind: ObservationKind
    title: str
    message: str
    reports: Sequence[Entry]
    places: Sequence[str] = ()
    figures: Sequence[tuple[str, str]] = ()

    def record(self) -> ObservationRecord:
        """As it is written."""
        first = self.reports[0]
        places = [*self.places, *("" for _ in self.reports[len(self.places) :])]
        listed = list(zip(self.reports, places, strict=True))[:_MOST_REPORTS]
        return {
            "report_id": first.report_id,
            "source": first.source,
            "part": first.part,
            "observation_id": self._identity(),
            "kind": self.kind,
            "title": self.title,
            "message": self.message,
            "count": len(self.reports),
            "reports": [
                {"report_id": one.report_id, "source": one.source, "part": one.part, "title": one.title, "place": place}
                for one, place in listed
            ],
            "figures": [{"name": name, "value": value} for name, value in self.figures],
        }

    def _identity(self) -> str:
        """Stable over runs: from kind, title and reports."""
        text = "|".join([self.kind, self.title, *(f"{one.report_id}:{one.source}:{one.part}" for one in self.reports)])
        return hashlib.sha256(text.encode()).hexdigest()[:12]
