"""What a report prints as one text (全文): to look once for what most reports do not print at all."""

from dataclasses import dataclass

from normalizers.records import EvaluationReport
from pipeline.checks.once import once
from pipeline.checks.texts import Sentence


@dataclass(frozen=True)
class AllText:
    """The texts of one report (全文), each made when it is first asked for."""

    report: EvaluationReport
    of_sentences: tuple[Sentence, ...]

    @once
    def sentences(self) -> str:
        """All sentences, each on a line of its own."""
        return "\n".join([one.text for one in self.of_sentences])

    @once
    def tables(self) -> str:
        """What the cells of all tables print, with `|` between them."""
        return "|".join([cell.flow.text for grid in self.report.rows.part.tables for cell in grid.cells])

    @once
    def condensed(self) -> str:
        """All lines without blanks, one behind the other: to count how often a name stands anywhere."""
        return "".join(["".join(line.text.split()) for line in self.report.rows.part.lines])
