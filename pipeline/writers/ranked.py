"""Findings in the order in which a reader wants them (疑点排序): read one at a time, whatever their number."""

from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from pipeline.writers import wording
from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import record_path

SEVERITIES = tuple(wording.SEVERITY)


def by_severity(folder: Path) -> Iterator[dict[str, Any]]:
    """All findings, the gravest first, then in the order of the records. Held in memory: eight bytes of each."""
    path = folder / record_path("findings")
    if not path.exists():
        return
    places = {severity: array("Q") for severity in SEVERITIES}
    with path.open("rb") as file:
        place = 0
        for line in file:
            places[orjson.loads(line)["severity"]].append(place)
            place += len(line)
        for severity in SEVERITIES:
            for place in places[severity]:
                file.seek(place)
                yield orjson.loads(file.readline())


def count_findings(folder: Path) -> dict[tuple[str, int], Counter[str]]:
    """(source, part) → severity → findings."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    for finding in read_records(folder, "findings"):
        counts.setdefault((finding["source"], finding["part"]), Counter())[finding["severity"]] += 1
    return counts
