"""Check: no review comment or placeholder was left in the text (批注残留)."""

import re
from collections.abc import Iterator

from pipeline.checks.facts import Facts
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "residual-comment"
_COMMENT = re.compile(
    r"[待请需已此这原（(【\[批T定再X×](?:"  # begins with a set: the scanner leaps to it
    r"(?<=[待请需])[\u4e00-\u9fff]{0,8}(?:[姐哥总工]|老师|经理|主任|同事|复核)?(?:再)?(?:确认|核实|补充|完善)(?:修改|后修改|数据|一下|此处)"
    r"|(?<=已)修改原文|(?<=此)处(?:待|需|应)(?:补充|修改|核实|删除)|(?<=这)(?:一)?(?:部分|里|段)写的"
    r"|(?<=原)文(?:为|是|有误)，?已?改|(?<=[（(【\[])(?:待|需)(?:补充|核实|确认|完善|填写)[^）)】\]]{0,12}[）)】\]]"
    r"|(?<=批)注\s*[:：\[［【]?\s*[A-Za-z0-9:：]|(?<=T)ODO|(?<=待)定稿|(?<=定)稿前|(?<=再)核(?:一下|对)"
    r"|(?<=[X×])[X×]{2,}(?:项目|单位|公司|局|万元|元|年)|(?<=X)X{1,4}(?:项目|单位|公司|局|万元|元))"
)


def _test(facts: Facts) -> Iterator[Relation]:
    for sentence in facts.sentences if _COMMENT.search(facts.all_text.sentences) else ():
        match = _COMMENT.search(sentence.text)
        if match is not None and sentence.cell is None:
            yield _left(sentence, match)


def _left(sentence: Sentence, match: re.Match[str]) -> Relation:
    span = sentence.span(match.start(), match.end())
    heading = sentence.heading
    places = []
    if heading is not None and heading.flow.lines:
        title = heading.flow.span(0, len(heading.flow.text))
        places.append(Operand("text.comment", "witness", heading.title, None, title))
    start = sentence.flow.span(0, min(len(sentence.flow.text), 40))
    if start.line != span.line:
        places.append(Operand("text.comment", "operand", start.quote, None, start))
    places.append(Operand("text.comment", "operand", match[0], None, span))
    return spotted(
        RULE,
        f"text.comment.{span.page}.{span.line}",
        places,
        title="正文残留审稿批注或占位文字",
        message=f"{where(span)}“{quote(span, match[0])}”疑为审稿批注或占位文字，应清理并确认内容是否定稿。",
        reported=match[0],
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="批注残留",
    what="The text holds no comment of a reviewer and no placeholder.",
    why="A comment left in shows a passage whose figures were still disputed.",
    formula="no comment",
    tolerance="a closed list of phrases",
    severity="warning",
    source="财监〔2021〕4号（评价报告质量）；财预〔2020〕10号第二十五条",
    test=_test,
    fold="alone",
    silent=True,
    agrees=("题 （一） 预算编制；文 部分佐证资料不够完整，需进一步完善。",),
    disagrees=("题 （一） 预算编制；文 这部分写的是旧数据，待李姐确认修改",),
    false_alarms=("a problem told in the report itself (资料待补充完善)",),
)
