"""Money of several self-evaluation forms in one report (多张自评表的资金): each form's is its own project's."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.frozen import replace
from normalizers.records import FundingLine

_WHOLE = re.compile(r"年度(?:财政|预算)?资金总额|项目资金总额")  # the form's own first row
_LEAST = 2  # forms with different budgets


def of_forms(lines: Sequence[FundingLine]) -> list[FundingLine]:
    """The amounts; those of forms with different budgets told apart by the number of the form, 1-based.

    A summary of several projects attaches a form for each; no form's amounts are another's, or the report's.
    """
    budgets: dict[str, Decimal] = {}
    for line in lines:
        if line.table and line.yuan and line.role.startswith("budget") and _WHOLE.search(line.item):
            budgets.setdefault(line.table, line.yuan)
    if len(set(budgets.values())) < _LEAST:
        return list(lines)
    names = {table: f"第{number}张自评表" for number, table in enumerate(budgets, start=1)}
    return [
        replace(line, subject=names[line.table]) if line.table in names and line.subject == "" else line
        for line in lines
    ]
