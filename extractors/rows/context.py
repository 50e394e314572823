"""Where a text stands (语境): headings, table row, annex, and the names that the report gives its indicators."""

from dataclasses import dataclass

from extractors.rows.names import is_standard, stem
from extractors.segment.model import Heading


@dataclass(frozen=True, slots=True)
class Context:
    """What a statement inherits from its place.

    heading: the text is itself a heading. names: stems of the indicators that the report's tables print.
    self_evaluation: the report is the spender's own (自评), so that 自评得分 is its total.
    rules: the text states rules (评分标准), not results.
    """

    path: tuple[Heading, ...] = ()
    annex: bool = False
    cell_row: tuple[str, int] | None = None
    heading: bool = False
    names: frozenset[str] = frozenset()
    self_evaluation: bool = False
    rules: bool = False

    def names_indicator(self, text: str) -> bool:
        """Whether a text is the name of an indicator of this report or of the framework."""
        own = stem(text)
        return own in self.names or any(is_standard(own, level) or is_standard(text, level) for level in (1, 2, 3))

    @property
    def below_indicator(self) -> bool:
        """Whether the innermost heading names an indicator, or the text stands in an indicator's row."""
        if self.cell_row is not None:
            return True
        return bool(self.path) and self.names_indicator(self.path[-1].title)
