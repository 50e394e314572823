"""What one report has to tell (事实): indicators, money, survey, years and days, all consistent with each other."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from corpus.generate.habits import Habit
from corpus.generate.names import Place
from corpus.generate.topics import Topic

Kind = Literal["evaluation", "special", "department", "self"]


@dataclass(slots=True)
class Leaf:
    """A scored indicator of the lowest level (三级指标).

    told: sentence about it with fields in braces; values: what stands in them, printed. met: full marks.
    """

    top: str
    group: str
    name: str
    weight: Decimal
    score: Decimal
    target: str
    actual: str
    told: str
    values: dict[str, str] = field(default_factory=dict)
    met: bool = True


@dataclass(frozen=True, slots=True)
class Funds:
    """Money in 元 (资金). recovered: taken back in the year; items: name, planned, spent; sources: name, amount."""

    budget: Decimal
    recovered: Decimal
    items: tuple[tuple[str, Decimal, Decimal], ...]
    sources: tuple[tuple[str, Decimal], ...]

    @property
    def available(self) -> Decimal:
        """Allotted and arrived."""
        return self.budget - self.recovered

    @property
    def spent(self) -> Decimal:
        """What all items spent."""
        return sum((spent for _, _, spent in self.items), Decimal(0))

    @property
    def rate(self) -> Decimal:
        """Execution rate (预算执行率) on the money allotted; 1 is the whole."""
        return self.spent / self.available


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey (问卷调查): questionnaires, and answers by option, the first two satisfied."""

    handed_out: int
    returned: int
    answers: tuple[tuple[str, int], ...]

    @property
    def valid(self) -> int:
        """Valid questionnaires."""
        return sum(count for _, count in self.answers)

    @property
    def satisfied(self) -> int:
        """Answers of the first two options."""
        return sum(count for _, count in self.answers[:2])

    @property
    def share(self) -> Decimal:
        """Satisfaction (满意度); 1 is the whole."""
        return Decimal(self.satisfied) / self.valid


@dataclass(frozen=True, slots=True)
class Days:
    """Steps of the work in their order (日期)."""

    entrusted: date
    field: date
    draft: date
    opinions: date
    final: date


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a report tells (报告事实). series: name, unit, then year and value, oldest first."""

    kind: Kind
    place: Place
    topic: Topic
    firm: str
    year: int
    habit: Habit
    leaves: tuple[Leaf, ...]
    funds: Funds
    survey: Survey
    series: tuple[str, str, tuple[tuple[int, Decimal], ...]]
    days: Days
    document: int

    @property
    def bureau(self) -> str:
        """The body that spends (主管部门)."""
        return f"{self.place.name}{self.topic.bureau}"

    @property
    def project(self) -> str:
        """The project's name (项目名称); a department has its whole expenditure."""
        if self.kind == "department":
            return "部门整体支出"
        return f"{self.topic.name}{'专项资金' if self.kind == 'special' else '项目'}"

    @property
    def total(self) -> Decimal:
        """The total score."""
        return sum((leaf.score for leaf in self.leaves), Decimal(0))

    @property
    def grade(self) -> str:
        """The grade that the total gets."""
        return self.habit.grade(self.total)

    @property
    def tops(self) -> list[str]:
        """Names of the first level, in order."""
        return list(dict.fromkeys(leaf.top for leaf in self.leaves))

    def groups(self, top: str) -> list[str]:
        """Names of the second level below one of the first."""
        return list(dict.fromkeys(leaf.group for leaf in self.leaves if leaf.top == top))

    def below(self, top: str, group: str | None = None) -> list[tuple[int, Leaf]]:
        """Leaves below a node, with their index."""
        return [
            (index, leaf)
            for index, leaf in enumerate(self.leaves)
            if leaf.top == top and (group is None or leaf.group == group)
        ]


def points(leaves: list[tuple[int, Leaf]]) -> tuple[Decimal, Decimal]:
    """Weight and score of some leaves together."""
    weight = sum((leaf.weight for _, leaf in leaves), Decimal(0))
    return weight, sum((leaf.score for _, leaf in leaves), Decimal(0))
