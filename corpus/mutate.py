"""Does one wrong digit come to light (变异试验)? Single printed numbers of clean reports changed, and what is found.

    .venv/bin/python -m corpus.mutate --reports 12 --each 30

Every weight, score, rate or amount that a generated report prints has a slot (corpus/generate/pen.py). One is moved by
one unit of its last digit. Whether that contradicts something printed elsewhere is decided here from the names of the
slots alone, by equations which know nothing of the checks: the same fact is printed elsewhere, or the number takes part
in a printed sum or rate. Only changes that break such an equation count.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from corpus.generate.chance import Chance
from corpus.generate.draw import draw_facts
from corpus.generate.facts import Facts
from corpus.generate.layout import set_text
from corpus.generate.pen import OPEN, Pen, unmarked
from corpus.generate.reports import compose
from pipeline.checks.model import Finding

_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")
_CHANGED = re.compile(
    r"(?:leaf\.\d+|top\..+|group\..+|total|item\.\d+|items|funds|source\.\d)\.?"
    r"(?:weight|score|rate|plan|spent|total|available|budget|arrived|recovered|rest)?@"
)


@dataclass(frozen=True, slots=True)
class Print:
    """A number in a slot (印数): its value and one unit of its last digit."""

    value: Decimal
    unit: Decimal

    @classmethod
    def of(cls, text: str) -> "Print | None":
        """The first number of a slot's text."""
        match = _NUMBER.search(text)
        if match is None:
            return None
        return cls(Decimal(match[0].replace(",", "")), Decimal(1).scaleb(-len(match[1] or "")))

    @property
    def given(self) -> bool:
        """Whether it is given as printed: whole and quarter points are, finer scores and amounts may be rounded."""
        return self.unit >= Decimal("0.01") and self.value * 4 % 1 == 0 and self.value < 1000

    @property
    def least(self) -> Decimal:
        """The least that it may stand for in a rate."""
        return self.value if self.given else self.low

    @property
    def most(self) -> Decimal:
        """The greatest that it may stand for in a rate."""
        return self.value if self.given else self.high

    @property
    def low(self) -> Decimal:
        """The least that it may stand for."""
        return self.value - self.unit / 2

    @property
    def high(self) -> Decimal:
        """The greatest that it may stand for."""
        return self.value + self.unit / 2


@dataclass(frozen=True, slots=True)
class Equation:
    """What printed numbers must satisfy (等式): `same`, `sum` (the last is the sum), `rate` (part, whole, per cent)."""

    kind: str
    slots: tuple[str, ...]

    def holds(self, prints: Mapping[str, Print]) -> bool:
        """Sums are equalities; prints of one fact may be rounded; rates run on intervals."""
        values = [prints[slot] for slot in self.slots]
        if self.kind == "sum":
            return sum((one.value for one in values[:-1]), Decimal(0)) == values[-1].value
        if self.kind == "same":
            return all(abs(a.value - b.value) <= max(a.unit, b.unit) / 2 for a, b in combinations(values, 2))
        part, whole, rate = values
        if whole.value == 0:
            return True
        low, high = part.least / whole.most, part.most / whole.least
        return low * 100 <= rate.high and rate.low <= high * 100


@dataclass(slots=True)
class Score:
    """What became of the changes (结果).

    contradicting, found: by layout. missed: `seed/number slot: right → wrong`, with the equation broken.
    """

    changes: int = 0
    contradicting: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    missed_slots: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Found of contradicting; 1 where nothing contradicts."""
        return self.found.total() / (self.contradicting.total() or 1) if self.contradicting else 1.0

    def lines(self, show: int) -> Iterator[str]:
        """The result in words, the first `show` misses at the end."""
        yield f"{self.changes} single changes by one unit of the last digit"
        yield f"contradict something printed elsewhere: {self.contradicting.total()}"
        yield f"of these found: {self.found.total()} = {self.share:.1%}"
        for layout in sorted(self.contradicting):
            yield f"  {layout:<10} {self.found[layout]:5} of {self.contradicting[layout]:5}"
        for kind, count in self.missed_slots.most_common():
            yield f"  missed {count:4} {kind}"
        yield from (f"    {line}" for line in self.missed[:show])


def moved(text: str) -> str:
    """The first number of a text, one unit of its last digit up."""

    def up(match: re.Match[str]) -> str:
        value = Decimal(match[0].replace(",", "")) + Decimal(1).scaleb(-len(match[1] or ""))
        return f"{value:,}" if "," in match[0] else f"{value}"

    return _NUMBER.sub(up, text, count=1)


def equations(slots: Mapping[str, str], facts: Facts) -> list[Equation]:
    """Every equation between printed slots that holds in the clean report."""
    prints = {slot: one for slot, text in slots.items() if (one := Print.of(text)) is not None}
    found = [*_same(prints), *_sums(prints, facts), *_rates(prints)]
    return [one for one in found if one.holds(prints)]


def _same(prints: Mapping[str, Print]) -> Iterator[Equation]:
    """Each fact that is printed at several places, in pairs."""
    by_fact: dict[str, list[str]] = {}
    for slot in prints:
        by_fact.setdefault(slot.partition("@")[0], []).append(slot)
    for places in by_fact.values():
        yield from (Equation("same", pair) for pair in combinations(places, 2))


def _sums(prints: Mapping[str, Print], facts: Facts) -> Iterator[Equation]:
    """Leaves to their first level and to the total, first levels to the total, items of money to theirs."""
    tops = {f"leaf.{number}": leaf.top for number, leaf in enumerate(facts.leaves)}
    for where in ("table", "form", "summary"):
        for mark in ("weight", "score"):
            whole = f"total.{mark}@{where}"
            leaves = [f"{leaf}.{mark}@{where}" for leaf in tops]
            yield from _sum(prints, leaves, whole)
            yield from _sum(prints, [f"top.{top}.{mark}@{where}" for top in facts.tops], whole)
            for top in facts.tops:
                below = [f"{leaf}.{mark}@{where}" for leaf, above in tops.items() if above == top]
                for place in ("summary", "table", "head", "analysis", "conclusion"):
                    yield from _sum(prints, below, f"top.{top}.{mark}@{place}")
    for mark, whole in (("plan", "funds.available"), ("spent", "funds.spent")):
        items = [slot for slot in prints if re.fullmatch(rf"item\.\d+\.{mark}@funds-table", slot)]
        yield from _sum(prints, items, f"{whole}@funds-table")


def _sum(prints: Mapping[str, Print], parts: Sequence[str], whole: str) -> Iterator[Equation]:
    if len(parts) > 1 and whole in prints and all(part in prints for part in parts):
        yield Equation("sum", (*parts, whole))


def _rates(prints: Mapping[str, Print]) -> Iterator[Equation]:
    """Each rate with its two numbers at the same place."""
    for slot in prints:
        fact, _, where = slot.partition("@")
        owner, _, mark = fact.rpartition(".")
        if mark == "rate":
            for part, whole in (("score", "weight"), ("spent", "plan"), ("spent", "available")):
                three = (f"{owner}.{part}@{where}", f"{owner}.{whole}@{where}", slot)
                if all(one in prints for one in three):
                    yield Equation("rate", three)


def broken(slot: str, wrong: str, slots: Mapping[str, str], known: Sequence[Equation]) -> Equation | None:
    """The first equation that no longer holds with `wrong` in a slot; None where nothing printed contradicts it."""
    prints = {name: one for name, text in {**slots, slot: wrong}.items() if (one := Print.of(text)) is not None}
    return next((one for one in known if slot in one.slots and not one.holds(prints)), None)


def findings(text: str) -> tuple[Finding, ...]:
    """What the program finds in a text."""
    from pipeline.process import process

    return tuple(one for report in process("变异.txt", text.encode()).reports for one in report.findings)


def run(seed: int, numbers: Sequence[int], each: int | None, score: Score) -> None:
    """Change `each` numbers (None: all) of each generated report; what is found is added to `score`."""
    for number in numbers:
        facts = draw_facts(Chance(seed, number, "facts"))
        pen = Pen()
        blocks, _ = compose(facts, Chance(seed, number, "words"), pen)
        clean = {(one.rule, one.title) for one in findings(unmarked(set_text(blocks, facts.habit)))}
        known = equations(pen.slots, facts)
        chosen = [slot for slot, text in pen.slots.items() if _CHANGED.match(slot) and _NUMBER.search(text)]
        if each is not None and len(chosen) > each:
            chosen = Chance(seed, number, "mutations").some(chosen, each)
        for slot in chosen:
            _one(f"{seed}/{number}", (seed, number, slot), facts, pen.slots, known, clean, score)


def _one(
    name: str,
    place: tuple[int, int, str],
    facts: Facts,
    slots: Mapping[str, str],
    known: Sequence[Equation],
    clean: set[tuple[str, str]],
    score: Score,
) -> None:
    """One change."""
    seed, number, slot = place
    wrong = moved(slots[slot])
    score.changes += 1
    equation = broken(slot, wrong, slots, known)
    if equation is None:
        return
    layout = facts.habit.layout
    score.contradicting[layout] += 1
    blocks, _ = compose(facts, Chance(seed, number, "words"), Pen(wrong={slot: wrong}))
    text = set_text(blocks, facts.habit)
    lines = {n for n, line in enumerate(text.split("\n"), 1) if OPEN in line}
    for finding in findings(unmarked(text)):
        new = (finding.rule, finding.title) not in clean
        if new and any(operand.span.line in lines for operand in finding.evidence):
            score.found[layout] += 1
            return
    kind = re.sub(r"\.\d+|(?<=top\.)[^.@]+|(?<=group\.)[^.@]+", "", slot)
    score.missed_slots[f"{kind} ({equation.kind}, {layout})"] += 1
    score.missed.append(f"{name} {slot}: {slots[slot]} → {wrong} ({equation.kind} {'、'.join(equation.slots[-3:])})")


def main() -> None:
    """Entry point of `make mutate`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--reports", type=int, default=12)
    parser.add_argument("--each", type=int, default=None, help="changes in each report; all where not given")
    parser.add_argument("--show", type=int, default=40, help="misses listed")
    options = parser.parse_args()
    score = Score()
    run(options.seed, range(options.reports), options.each, score)
    for line in score.lines(options.show):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
