"""The analysis of indicators (指标分析): level by level, with scores and what explains them."""

from collections.abc import Iterator

from corpus.generate import wording
from corpus.generate.blocks import Block, Paragraph
from corpus.generate.facts import Leaf, points
from corpus.generate.shared_parts import Writer
from corpus.generate.tables import told


def analysis(writer: Writer, detailed: bool) -> Iterator[Block]:
    """Each first level with its scores; detailed: each indicator too."""
    facts, habit, pen = writer.facts, writer.habit, writer.pen
    head, sentence = writer.chance.of(wording.TOP_HEADS), writer.chance.of(wording.TOP_SENTENCES)
    leaf_sentence = writer.chance.of(wording.LEAF_SENTENCES)
    for top in facts.tops:
        own = facts.below(top)
        weight, score = points(own)
        for form, where in ((head, "head"), (sentence, "analysis")):
            text = form.format(
                top=top,
                weight=pen(f"top.{top}.weight@{where}", habit.full(weight)) if "{weight}" in form else "",
                score=pen(f"top.{top}.score@{where}", habit.points(score)) if "{score}" in form else "",
                rate=pen(f"top.{top}.rate@{where}", habit.rate(score / weight)) if "{rate}" in form else "",
            )
            yield writer.head(text, 1) if where == "head" else Paragraph(text)
        if detailed:
            yield from _groups(writer, top, leaf_sentence)


def _groups(writer: Writer, top: str, sentence: str) -> Iterator[Block]:
    """The second level as headings, indicators numbered below; without headings where the level has one group."""
    groups = writer.facts.groups(top)
    for group in groups:
        if len(groups) > 1:
            yield writer.head(writer.pen(f"group.{top}.{group}.name@heading", group), 2)
        for number, (index, leaf) in enumerate(writer.facts.below(top, group), 1):
            depth = 3 if len(groups) > 1 else 2
            yield Paragraph(writer.habit.head(depth, number, 1) + _leaf(writer, index, leaf, sentence))


def _leaf(writer: Writer, index: int, leaf: Leaf, sentence: str) -> str:
    """One indicator told in prose."""
    habit, pen, key = writer.habit, writer.pen, f"leaf.{index}"
    return sentence.format(
        name=pen(f"{key}.name@prose", leaf.name),
        weight=pen(f"{key}.weight@prose", habit.full(leaf.weight)),
        score=pen(f"{key}.score@prose", habit.points(leaf.score)),
        rate=pen(f"{key}.rate@prose", habit.rate(leaf.score / leaf.weight)) if "{rate}" in sentence else "",
        told=told(leaf, index, pen, "prose"),
    )
