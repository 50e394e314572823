"""Second-level indicators that only headings name (二级指标标题): groups without marks above the indicators told."""

from extractors.segment.model import Heading, Section
from normalizers.names import bare, key
from normalizers.records import Indicator
from pipeline.checks.facts import Facts
from pipeline.checks.tree import Parts


def group_headings(facts: Facts, leaves: Parts) -> list[Heading]:
    """The headings right above leaves told in prose, each once; empty unless every leaf stands below one.

    A leaf's own heading and that of its first-level indicator are no groups.
    """
    by_line = _by_line(facts)
    found: dict[int, Heading] = {}
    for index, mention in leaves:
        leaf = facts.report.indicators[index]
        section = by_line.get((mention.span.page, mention.span.line))
        group = None if section is None else _above(facts, leaf, section)
        if group is None or mention.span.cell is not None:
            return []
        found[id(group)] = group
    return list(found.values())


def _above(facts: Facts, leaf: Indicator, section: Section) -> Heading | None:
    """The nearest heading above a leaf that is not its own, where the heading of its parent stands right above."""
    if leaf.parent is None:
        return None
    parent = facts.report.indicators[leaf.parent].name
    path = [heading for heading in reversed(section.path) if bare(leaf.name) not in bare(heading.title)]
    below = len(path) > 1 and bare(parent) in bare(path[1].title)
    return path[0] if below and key(path[0].title) != key(parent) else None


def _by_line(facts: Facts) -> dict[tuple[int | None, int | None], Section]:
    """Place of a line -> the section it stands in."""
    return {
        (line.page, line.number): sentence.section
        for sentence in facts.sentences
        if sentence.cell is None
        for line in sentence.flow.lines
    }
