"""Check: the report's project bears one name in title, form and caption (项目名称一致)."""

import re
from collections.abc import Iterator

from extractors.provenance import SourceSpan
from normalizers.names import bare
from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.shared_words import shares
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import where

RULE = "project-name"
_YEARS = re.compile(r"^(?:(?:19|20)\d\d(?:[-—至~](?:19|20)?\d\d)?年?度?)+")
_FORM = re.compile(r"绩效(?:自评|评价|目标|评分|指标)[\u4e00-\u9fff]{0,10}表?$|(?:自评|评分|评价)表$")
_GENERIC = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}(?:省|市|县|区))?(?:市级|县级|区级|省级|本级)?(?:部门|财政|预算)?(?:项目|整体)?支出?$|^附[件表]"
)
_TAIL = re.compile(r"(?P<core>[\u4e00-\u9fff]+?)(?P<tail>资金|经费|项目)")
_INSERTED = ("专项", "引导", "扶持", "补助", "奖补", "奖励")
_CORE = 5  # characters of a name before 资金 that tell it from others
_NO_NAME = re.compile(r"^[附图]?表\d|绩效|转移支付|(?:局|委|厅|办|院|中心)(?:项目)?$")
_SHORTEST, _SHARED = 4, 3  # characters of a name; in a row that two names of one project share
_MOST = 4  # names; a report with more tells of several projects


def _test(facts: Facts) -> Iterator[Relation]:
    names = list(_names(facts))
    yield from _inserted(facts, names)
    for text, span in names[1:]:
        first, place = names[0]
        if span.line == place.line and span.page == place.page:
            continue
        left = Operand("text.project", "operand", first, None, place)
        right = Operand("text.project", "reported", text, None, span)
        if first in text or text in first:
            yield Relation(RULE, "consistent", (left,), (right,), f"{first} = {text}", text, first)
        elif len(names) <= _MOST and shares(first, text, _SHARED):
            yield _variant(left, right)


def _inserted(facts: Facts, names: list[tuple[str, SourceSpan]]) -> Iterator[Relation]:
    """The title's name with a word put in before 资金 or 项目 (发展专项资金), against the name in the text."""
    match = _TAIL.fullmatch(names[0][0]) if names else None
    if match is None or len(match["core"]) < _CORE:
        return
    core, tail = match.group("core", "tail")
    inserted = [word for word in _INSERTED if core + word + tail in facts.all_text.sentences]
    if not inserted:
        return  # as nearly always: no pattern has to be made of the name
    other = re.compile(f"{re.escape(core)}(?:{'|'.join(inserted)}){tail}")
    places = [(sentence, found) for sentence in facts.sentences for found in other.finditer(sentence.text)]
    name = names[0][0]
    right = [(sentence, sentence.text.index(name)) for sentence in facts.sentences if name in sentence.text][:_MOST]
    if places and right:
        left = [Operand("text.project", "operand", name, None, one.span(at, at + len(name))) for one, at in right]
        sentence, found = places[0]
        other_span = sentence.span(found.start(), found.end())
        yield _variant(left[0], Operand("text.project", "reported", found[0], None, other_span), *left[1:])


def _names(facts: Facts) -> Iterator[tuple[str, SourceSpan]]:
    """The project's name in the title, then in fields and captions of forms; each name once."""
    seen = set()
    stated = [mention for mention in facts.report.field_mentions if mention.field == "project"]
    title = facts.report.field_mention("title")
    stated.sort(key=lambda mention: title is None or mention.span.line != title.span.line)
    for text, span in [*((mention.text, mention.span) for mention in stated), *_captions(facts)]:
        name = _plain(text)
        if len(name) >= _SHORTEST and name not in seen and not _GENERIC.match(name) and not _NO_NAME.search(name):
            seen.add(name)
            yield name, span


def _captions(facts: Facts) -> Iterator[tuple[str, SourceSpan]]:
    """Names in the captions of self-evaluation forms, with their lines."""
    part = facts.report.rows.part
    captions = {
        bare(grid.caption): name
        for grid in part.tables
        if (name := _FORM.sub("", bare(grid.caption))) != bare(grid.caption)
    }
    for line in part.lines if captions else ():
        titled = "绩" in line.text or "评" in line.text  # as in every caption of a form
        name = captions.pop(bare(line.text), "") if titled else ""
        if name:
            yield name, line.span(line.text.strip())


def _plain(text: str) -> str:
    return _YEARS.sub("", re.sub(r"[\s“”\"《》]", "", bare(text)))


def _variant(left: Operand, right: Operand, *more: Operand) -> Relation:
    return spotted(
        RULE,
        f"text.project.{right.span.page}.{right.span.line}",
        [left, *more, right],
        title=f"项目名称不一：“{left.text}”与“{right.text}”",
        message=f"{where(left.span)}称“{left.text}”，{where(right.span)}称“{right.text}”，同一项目的名称应当一致。",
        reported=right.text,
        severity="info",
    )


CHECK = Check(
    rule=RULE,
    name="项目名称一致",
    what="The project is called the same in the title, in the form's field and in the form's caption.",
    why="Figures filed under another name cannot be matched with the budget.",
    formula="name here = name there",
    tolerance="years and signs apart; a name contained in the other is the same",
    severity="info",
    source="财预〔2020〕10号附1（项目名称）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("字段 project 清渠整治项目；字段 project 2023年清渠整治项目",),
    disagrees=("字段 project 清渠整治提升项目；字段 project 清渠整治维护经费",),
    false_alarms=("a project of several sub-projects, each with its form",),
)
