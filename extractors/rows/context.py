"""Where a text stands (语境): headings, table row, annex, and the names that the report gives its indicators."""

import re

from extractors.frozen import frozen
from extractors.rows.model import Printed
from extractors.rows.names import is_of_framework, stem
from extractors.segment.model import Heading

# What the front of a report says that scores anew what the spender has scored (`绩效自评抽查复核报告`).
REVIEWED = ("抽查复核", "自评复核", "绩效复核", "复核报告", "复核评价", "复评报告", "再评价")
_CONCLUSION = re.compile(r"结论|综合评价|总体评价|评价结果|自评结果|自评得分|评价得分|总体情况|综合得分")


@frozen
class Context:
    """What a statement inherits from its place.

    heading: the text is itself a heading. names: stems of the indicators that the report's tables print.
    self_evaluation: the report is the spender's own (自评), so that 自评得分 is its total.
    reviewed: the report gives the spender's own scores beside those of a review (复核).
    rules: the text states rules (评分标准), not results. topic_role: role of an amount that nothing in the text governs
    (a target or actual value of an indicator that names its matter). above: the name that is the paragraph before.
    """

    path: tuple[Heading, ...] = ()
    annex: bool = False
    cell_row: tuple[str, int] | None = None
    heading: bool = False
    names: frozenset[str] = frozenset()
    self_evaluation: bool = False
    reviewed: bool = False
    rules: bool = False
    topic_role: str = ""
    above: Printed | None = None

    def names_indicator(self, text: str) -> bool:
        """Whether a text is the name of an indicator of this report or of the framework."""
        own = stem(text)
        return own in self.names or is_of_framework(own) or is_of_framework(text)

    @property
    def conclusion(self) -> bool:
        """Whether the innermost heading announces the conclusion of the evaluation (评价结论)."""
        return bool(self.path) and bool(_CONCLUSION.search(self.path[-1].title))

    @property
    def below_indicator(self) -> bool:
        """Whether the innermost heading names an indicator, or the text stands in an indicator's row."""
        if self.cell_row is not None:
            return True
        return bool(self.path) and self.names_indicator(self.path[-1].title)
