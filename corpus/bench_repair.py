"""How exact and how fast the repair of character order is (文字修复基准), on the sample corpus garbled by simulation.

    .venv/bin/python -m corpus.bench_repair [CORPUS]

The language model has never seen these reports: it is made of other texts (`corpus/build_language_model.py`).
"""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from corpus.build_language_model import UNSEEN_REPORTS
from corpus.garble import Garbler, Mechanics, wrap
from extractors.pages import Document, Line, Page
from extractors.repair import lines as lines_of_repair
from extractors.repair.language_model import language_model
from extractors.repair.plan import TextRepair
from extractors.repair.repair import repair
from pipeline.collector import settle

WIDTH = 28  # Chinese characters a line
SEED = 7
SURE = 0.9  # confidence from which a repair is called sure
RUNS = (2, 3)
VIOLATIONS = (0.0, 0.02, 0.05, 0.1)


@dataclass(slots=True)
class Tally:
    """What became of the lines of some documents (计数). seconds: processor time for each disordered line."""

    disordered: int = 0
    exact: int = 0
    ordered: int = 0
    kept: int = 0
    sure: int = 0
    sure_exact: int = 0
    seconds: list[float] = field(default_factory=list)

    def add(self, true: str, raw: str, plan: TextRepair | None) -> None:
        """Judge one line."""
        read = _plain(raw if plan is None else plan.repaired)
        if _plain(raw) == _plain(true):
            self.ordered += 1
            self.kept += read == _plain(true)
            return
        self.disordered += 1
        self.exact += read == _plain(true)
        if plan is not None and plan.confidence >= SURE:
            self.sure += 1
            self.sure_exact += read == _plain(true)

    def row(self) -> str:
        """Its figures as cells of a Markdown table."""
        return " | ".join(
            (
                str(self.disordered),
                _percent(self.exact, self.disordered),
                _percent(self.kept, self.ordered),
                _percent(self.sure, self.disordered),
                _percent(self.sure_exact, self.sure),
                f"{statistics.median(self.seconds) * 1000:.1f}",
                f"{max(self.seconds) * 1000:.0f}",
            )
        )


def _plain(text: str) -> str:
    """The text without blanks."""
    return "".join(text.split())


def _percent(part: int, whole: int) -> str:
    """A share in percent; a dash where there is nothing to share."""
    return f"{part / whole:.1%}" if whole else "—"


def texts(corpus: Path) -> list[str]:
    """The reports that are garbled."""
    paths = [path for name in UNSEEN_REPORTS for path in sorted(corpus.glob(f"{name}_*.txt"))]
    return [path.read_text(encoding="utf-8") for path in paths]


def measure_document(text: str, mechanics: Mechanics, tally: Tally) -> None:
    """Garble one report, repair it, and judge every line."""
    true = list(wrap(text.splitlines(), WIDTH))
    raw = list(Garbler(text, mechanics, SEED).lines(true))
    lines = tuple(Line(line, number=number) for number, line in enumerate(raw, 1))
    spent: dict[str, float] = {}
    read_line = lines_of_repair.read_line

    def timed(line: Any, *rest: Any) -> Any:
        began = time.process_time()
        result = read_line(line, *rest)
        letters = line.text(0, len(line.tokens))
        spent[letters] = spent.get(letters, 0.0) + time.process_time() - began
        return result

    with mock.patch("extractors.repair.passes.read_line", timed):
        _, repairs = repair(Document("garbled.txt", "", "text/plain", (Page(1, lines),)))
    plans = {plan.line: plan for plan in repairs}
    for number, (line, printed) in enumerate(zip(true, raw, strict=True), 1):
        tally.add(line, printed, plans.get(number))
        if _plain(line) != _plain(printed):
            tally.seconds.append(spent.get(_plain(printed), 0.0))


def report(corpus: Path) -> Iterator[str]:
    """The table, line by line."""
    reports = texts(corpus)
    if not reports:
        yield f"no reports to garble below {corpus}"
        return
    began = time.process_time()
    language_model()
    settle()  # as the program does in processes that read many documents
    yield f"repair: language model loaded in {time.process_time() - began:.2f} s, once, for suspect documents only"
    yield "| runs | violations | disordered | exact | ordered kept | sure | of these exact | median ms | worst ms |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for runs in RUNS:
        for violations in VIOLATIONS:
            tally = Tally()
            for text in reports:
                measure_document(text, Mechanics(runs=runs, violations=violations), tally)
            yield f"| {runs} | {violations:.0%} | {tally.row()} |"


def main() -> None:
    """Entry point, also of `make bench`."""
    corpus = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus/reports")
    for line in report(corpus):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
