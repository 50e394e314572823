"""What the checks ask a report again and again (事实), computed once: prints, totals, tree, completeness."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from extractors.provenance import SourceSpan
from extractors.segment.model import TableGrid
from normalizers.names import bare
from normalizers.numbers import parse
from normalizers.records import EvaluationReport, Indicator, Mention, ReportedNumber
from pipeline.checks.all_text import AllText
from pipeline.checks.answers import Answered, actuals, answered
from pipeline.checks.comparable import Funds
from pipeline.checks.figures import Figure, figures
from pipeline.checks.grids import NumberGrid, number_tables
from pipeline.checks.kept import Kept
from pipeline.checks.links import NARRATIVE, Doubt, doubts
from pipeline.checks.once import once
from pipeline.checks.orphans import Told, numbers, prints
from pipeline.checks.other_ratings import other_ratings, table_of
from pipeline.checks.prints import MARKS, SUBTOTAL, Print, distinct, names_full_marks, prints_of, row_print
from pipeline.checks.saying import Said
from pipeline.checks.spoken import by_owner
from pipeline.checks.texts import Sentence, sentences
from pipeline.checks.told_items import Item, items
from pipeline.checks.tolerance import HUNDRED
from pipeline.checks.tree import Parts, ScoredTree, Voice, understood

_DIGIT = re.compile(r"[0-9]")
_LONGEST = 3000  # characters of a paragraph; a longer one is no running text
_TWO_NUMBERS = re.compile(r"[0-9][^0-9]{1,80}[0-9]")
_EXECUTION = re.compile(r"(?:预算|资金|支出|经费).{0,4}执行|执行(?:率|进度|情况)")


@dataclass(frozen=True)
class Facts(Kept):
    """A report with what its checks share."""

    report: EvaluationReport

    @once
    def prints(self) -> dict[int, tuple[Print, ...]]:
        """Index of each indicator -> its prints, in reading order."""
        left_out = {id(doubt.row) for doubt in self.doubts}
        if not left_out and not self.subtotals:
            return self._all_prints
        found = {index: [row for row in rows if id(row) not in left_out] for index, rows in self._all_prints.items()}
        for owner, row in self.subtotals:
            found[owner].append(row)
        return {index: tuple(rows) for index, rows in found.items()}

    @once
    def _all_prints(self) -> dict[int, tuple[Print, ...]]:
        return {one.index: tuple(prints_of(one)) for one in self.report.indicators}

    @once
    def doubts(self) -> tuple[Doubt, ...]:
        """The sentences that may speak of another indicator, and the tellings that rate something else."""
        apart = other_ratings(self.report.indicators, self._all_prints)
        return (*doubts(self.report.indicators, self._all_prints), *(Doubt(row, reason) for row, reason in apart))

    @once
    def tables_apart(self) -> frozenset[str | None]:
        """Tables of a rating other than the report's: those of other trees, and those that differ in most."""
        indicators = self.report.indicators
        others = {mention.table for one in indicators if one.scope for mention in one.mentions}
        if others:
            others -= {mention.table for one in indicators if not one.scope for mention in one.mentions}
        return frozenset(others.union([table_of(doubt.row) for doubt in self.doubts]) - {None})

    @once
    def _doubted(self) -> frozenset[int]:
        """Identities of the mentions of doubtful sentences."""
        return frozenset(id(mention) for doubt in self.doubts for name in MARKS if (mention := doubt.row.get(name)))

    @once
    def subtotals(self) -> tuple[tuple[int, Print], ...]:
        """The subtotal rows (小计行) with the indicator that each sums up."""
        rows = [row for row in self.report.rows.indicators if row.row_role == "subtotal"]
        if not rows:
            return ()
        known = {
            (mention.table, one.level, bare(name)): one.index
            for one in self.report.indicators
            for name in one.names
            for mention in one.mentions
            if mention.table is not None
        }
        found = []
        for row in rows:
            owner = known.get((row.table_id, len(row.path), bare(row.path[-1]))) if row.path else None
            made = row_print(row, owner) if owner is not None else None
            if owner is not None and made is not None and self._sums_up(owner, made):
                found.append((owner, made))
        return tuple(found)

    def _sums_up(self, owner: int, row: Print) -> bool:
        """Whether a subtotal row agrees with a mark that its table prints of the indicator it was read to sum up."""
        here = [mention for name in MARKS if (mention := row.get(name)) is not None]
        return any(
            mention.field == other.field
            and mention.number
            and other.number
            and mention.number.value == other.number.value
            for other in self.report.indicators[owner].mentions
            for mention in here
        )

    def chosen(self, owner: Indicator, mark: str) -> Mention | None:
        """The mention that gives a mark of an indicator, doubtful sentences left out."""
        for name, mention in owner.chosen:
            if name == mark:
                return next(iter(self.marks(owner, mark)), None) if id(mention) in self._doubted else mention
        return None

    def marks(self, owner: Indicator, mark: str) -> tuple[Mention, ...]:
        """Every numeric mention of one mark (MARKS) of one indicator, subtotal rows last."""
        return self._marks.get((owner.index, mark), ())

    @once
    def _marks(self) -> dict[tuple[int, str], tuple[Mention, ...]]:
        doubted = self._doubted
        found: dict[tuple[int, str], list[Mention]] = {}
        for one in self.report.indicators:
            for mention in one.mentions:
                told = mention.number is not None and mention.place != "target" and mention.field in MARKS
                if told and id(mention) not in doubted:
                    found.setdefault((one.index, mention.field), []).append(mention)
        for index, row in self.subtotals:
            for mark in MARKS:
                stated = row.get(mark)
                if stated is not None:
                    found.setdefault((index, mark), []).append(stated)
        return {of: tuple(mentions) for of, mentions in found.items()}

    @once
    def repeated(self) -> tuple[tuple[Indicator, str, tuple[Mention, ...]], ...]:
        """The marks with two numeric mentions or more, each with its indicator and with them."""
        several = {of: stated for of, stated in self._marks.items() if len(stated) > 1}
        owners = [self.report.indicators[index] for index in sorted({index for index, _ in several})]
        every = ((one, mark, several.get((one.index, mark))) for one in owners for mark in MARKS)
        return tuple([(one, mark, stated) for one, mark, stated in every if stated is not None])

    @once
    def tree(self) -> ScoredTree:
        """The scored tree."""
        return ScoredTree(self.report, self._doubted)

    @once
    def total_rows(self) -> tuple[Print, ...]:
        """The total rows of the tables (合计行)."""
        rows = (row for row in self.report.rows.indicators if row.row_role == "total" and not row.apart)
        made = (row_print(row, None) for row in rows if row.table_id not in self.tables_apart)
        return tuple(row for row in made if row is not None)

    @once
    def totals(self) -> tuple[Mention, ...]:
        """Every statement of the report's total score: the chosen one first, each place once."""
        told = (m for m in self.report.field_mentions if m.field == "total_score" and m.number is not None)
        stated = [mention for mention in told if mention.table is None or mention.table not in self.tables_apart]
        found = [mention for mention in stated if not names_full_marks(mention)]
        found += [row.score for row in self.total_rows if row.score is not None]
        known = {mention.number.value for mention in found if mention.number is not None}
        return distinct(found + [last for last in self._last_cells if last.number and last.number.value in known])

    @once
    def _last_cells(self) -> tuple[Mention, ...]:
        """The number alone in the last row of a table, in its column of scores: a total row that lost its label."""
        found = []
        grids = {grid.table_id: grid for grid in self.tables}
        for voice in self.tree.voices:
            columns = {m.span.cell.column for m in voice.marks.get("score", {}).values() if m.span.cell is not None}
            grid = grids.get(voice.name)
            if grid is None or not columns:
                continue
            filled = [c for c in grid.cells if c.row == grid.n_rows - 1 and c.text]
            if len(filled) != 1 or filled[0].column not in columns:
                continue
            cell = filled[0]
            number = parse(cell.text)
            if number is not None:
                group = f"{voice.name}r{cell.row}"
                found.append(
                    Mention("score", cell.text, number, grid.span(cell), "scoring", SUBTOTAL, voice.name, group)
                )
        return tuple(found)

    @once
    def total_weights(self) -> tuple[Mention, ...]:
        """Every statement of the full marks of the whole report (满分 100 分)."""
        found = [m for m in self.report.field_mentions if m.field == "total_weight" and m.number is not None]
        return distinct(found + [row.weight for row in self.total_rows if row.weight is not None])

    @once
    def tables(self) -> tuple[TableGrid, ...]:
        """Every table of the report."""
        return tuple(self.report.rows.part.tables)

    @once
    def fields(self) -> frozenset[str]:
        """What is stated of any indicator."""
        return frozenset([mention.field for one in self.report.indicators for mention in one.mentions])

    @once
    def actuals(self) -> tuple[tuple[Indicator, Mention, ReportedNumber | None], ...]:
        """The indicators that state an actual value, with it and its number."""
        return actuals(self.report)

    @once
    def answered(self) -> tuple[Answered, ...]:
        """Those of them that state a target, too."""
        return answered(self.actuals)

    @once
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence of the report."""
        return tuple(sentences(self.report.rows.part))

    @once
    def numbered(self) -> tuple[Sentence, ...]:
        """The sentences that print a digit."""
        return tuple([one for one in self.sentences if _DIGIT.search(one.text)])

    @once
    def _said(self) -> Said:
        return Said(self.sentences, self.all_text.sentences)

    def saying(self, *words: str) -> tuple[Sentence, ...]:
        """The sentences that print one of these words."""
        return self._said.by(words)

    @once
    def lists(self) -> tuple[tuple[Sentence, tuple[Item, ...]], ...]:
        """Every paragraph that tells two numbers with units or more, whole as one sentence, with them in order."""
        told = [one for one in self._paragraphs if _TWO_NUMBERS.search(one.text)]
        found = [(one, tuple(items(one.text))) for one in told]
        return tuple([(one, listed) for one, listed in found if len(listed) > 1])

    @once
    def told(self) -> tuple[tuple[Sentence, tuple[Told, ...]], ...]:
        """Every paragraph that prints a digit, whole as one sentence, with all its numbers in order."""
        return tuple([(one, tuple(numbers(one.text))) for one in self._paragraphs])

    @once
    def _paragraphs(self) -> tuple[Sentence, ...]:
        """Every paragraph that prints a digit, whole as one sentence."""
        flows = {id(one.flow): one for one in self.numbered if one.cell is None}.values()
        return tuple([Sentence(one.flow.text[:_LONGEST], one.flow, 0, _LONGEST, one.section) for one in flows])

    @once
    def printed(self) -> Counter[Decimal]:
        """How often each number is printed, whatever its unit."""
        return prints(self.report.rows.part)

    @once
    def _by_line(self) -> dict[tuple[int | None, int | None], list[list[Sentence]]]:
        """Page and number of a line -> the sentences of each paragraph or cell that prints something there."""
        found: dict[tuple[int | None, int | None], list[list[Sentence]]] = {}
        here: list[Sentence] = []
        for one in self.sentences:
            if here and here[0].flow is one.flow:
                here.append(one)
                continue
            here = [one]
            for line in {id(line): line for line in one.flow.lines}.values():  # a line is slow to hash
                found.setdefault((line.page, line.number), []).append(here)
        return found

    @once
    def spoken(self) -> dict[int, tuple[Sentence, ...]]:
        """Index of an indicator -> the sentences about it, in reading order."""
        return by_owner(self.report, self.sentences)

    @once
    def figures(self) -> tuple[Figure, ...]:
        """Every number of the running text and of the tables, with the words around it."""
        return tuple(figures(self.report, self.sentences))

    @once
    def tabled(self) -> tuple[Figure, ...]:
        """Those of them that stand in cells of tables."""
        return tuple([one for one in self.figures if one.tabled])

    @once
    def figures_at(self) -> dict[tuple[object, ...], list[Figure]]:
        """Place of a sentence or row -> its numbers, in order."""
        found: dict[tuple[object, ...], list[Figure]] = {}
        for one in self.figures:
            found.setdefault(one.place, []).append(one)
        return found

    @once
    def all_text(self) -> AllText:
        """Everything printed, to look through at once."""
        return AllText(self.report, self.sentences)

    def sentences_at(self, span: SourceSpan) -> list[Sentence]:
        """The sentences of the paragraph or cell that prints a place."""
        cell = span.cell
        told = (here for here in self._by_line.get(span.passage, ()) if (here[0].cell is None) == (cell is None))
        return [one for here in told for one in here]

    @once
    def funds(self) -> Funds:
        """The report's amounts with their sentences."""
        return Funds(self.report, self.sentences_at)

    @once
    def number_grids(self) -> tuple[NumberGrid, ...]:
        """The tables of numbers that are no tables of indicators, for arithmetic that no schema announces."""
        return tuple(number_tables(self.report))

    @once
    def hundred_scale(self) -> bool:
        """Whether scores are given out of a hundred and weighted afterwards (百分制加权)."""
        pairs = [(self.chosen(one, "weight"), self.chosen(one, "score")) for one in self.tree.leaves]
        values = [(w.number.value, s.number.value) for w, s in pairs if w and s and w.number and s.number]
        return len(values) > 2 and sum(score > weight for weight, score in values) * 2 > len(values)

    @once
    def full_marks(self) -> Decimal:
        """The full marks of the report, 100 where it does not say."""
        stated = next((mention.number for mention in self.total_weights if mention.number), None)
        return HUNDRED if stated is None else stated.value

    @once
    def execution_rows(self) -> frozenset[int]:
        """The indices of the rows of the budget's execution in a self-evaluation form (预算执行率)."""
        return frozenset(
            [one.index for one in self.report.indicators if one.level == 1 and _EXECUTION.search(one.name)]
        )

    @once
    def execution_apart(self) -> bool:
        """Whether a form counts the row of the execution rate (预算执行率) beside its total instead of in it."""
        tables = (voice for voice in self.tree.voices if voice.name not in NARRATIVE)
        return any(self._without_execution(voice) == self.full_marks for voice in tables)

    def _without_execution(self, voice: Voice) -> Decimal | None:
        """What the weights of a telling make without its row of the execution rate; None where it has none."""
        parts = self.tree.cover(voice, "weight", None) or ()
        rest = [one.number for index, one in parts if index not in self.execution_rows]
        if len(rest) == len(parts):
            return None
        return sum((number.value for number in rest if number is not None), Decimal(0))

    def whole(self, parent: int | None) -> frozenset[frozenset[int]]:
        """The sets of indices below a parent (None: the report) that add up to it in some voice and mark.

        Such a set is known to be complete: a sum over the same indicators that fails elsewhere lacks none of them.
        """
        known = self._whole.get(parent)
        if known is None:
            known = self._whole[parent] = frozenset(self._adding_up_to(parent))
        return known

    @once
    def _whole(self) -> dict[int | None, frozenset[frozenset[int]]]:
        return {}

    def _adding_up_to(self, parent: int | None) -> Iterator[frozenset[int]]:
        for mark in ("weight", "score"):
            stated = self._stated(mark, parent)
            ways = (self.tree.covers(voice, mark, parent) for voice in self.tree.voices if stated)
            for parts in chain.from_iterable(ways):
                enough = len(parts) > 1 or parent is not None
                if enough and sum(m.number.value for _, m in parts if m.number) in stated:
                    yield frozenset([index for index, _ in parts])

    @once
    def adding_up(self) -> tuple[Parts, ...]:
        """The leaves of every telling that adds up to the report's total."""
        found = []
        for voice in self.tree.voices:
            for mark in ("weight", "score"):
                parts = self.tree.cover(voice, mark, None, lowest=True)
                if parts and sum(m.number.value for _, m in parts if m.number) in self._stated(mark, None):
                    found.append(parts)
        return tuple(found)

    def _stated(self, mark: str, index: int | None) -> set[object]:
        if index is None:
            mentions = self.totals if mark == "score" else self.total_weights
            if mark == "weight" and not mentions:
                return {HUNDRED}  # weights that add up to a hundred are all, whether or not the report says so
        else:
            mentions = self.marks(self.report.indicators[index], mark)
        return {mention.number.value for mention in mentions if mention.number is not None}

    @once
    def read_whole(self) -> frozenset[str]:
        """Ids of tables in one piece of which every row with a mark in its columns gave an indicator."""
        grids = {grid.table_id: grid for grid in self.tables}
        rows = self.report.rows.indicators
        return frozenset(voice.name for voice in self.tree.voices if understood(grids.get(voice.name), rows, voice))
