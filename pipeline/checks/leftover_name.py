"""Check: no sentence speaks of another body or project as its own, as a template's last user left it (模板残留名称)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.leftover_place import left_over
from pipeline.checks.leftover_project import other_rated
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.texts import Sentence
from pipeline.checks.wording import quote, where

RULE = "leftover-name"
# A body told together with what only the evaluated body itself has: its 绩效目标, its 党组会议.
_OWN = re.compile(
    r"(?P<name>[省市县区旗](?<![\u4e00-\u9fff]各[省市县区旗])(?P<core>[\u4e00-\u9fff]{2,10}?)(?:局|委员会|办公室|厅))(?:的)?(?:年度|部门)?"
    r"(?:绩效(?:指标|目标|管理|自评)|整体支出|预算编制|内部控制|内控制度|资产管理|党组(?:会议?)?|党委会|局务会|班子)"
)
# A project told as the one whose carrying out is judged.
_GOES_ON = r"(?:的?(?:长期|持续|顺利|有效|正常)(?:实施|运行|开展|推进)|实施单位(?=[应要需能够未])|的实施提供)"
_CARRIED = re.compile(rf"(?P<name>(?P<core>[\u4e00-\u9fff]{{4,24}}?)项目){_GOES_ON}")
_CARRYING = re.compile(f"项目{_GOES_ON}")  # in all of these, and sooner looked for
# Advice to a body of another place.
_ADVISED = re.compile(
    r"(?:建议|督促|要求)(?P<name>(?P<core>[\u4e00-\u9fff]{2,3})[市县旗][\u4e00-\u9fff]{2,8}?(?:局|委员会|厅))(?!等)"
)
# What is said to have been evaluated.
_SCOPE = re.compile(
    r"评价(?:对象|范围|内容)(?:为|是)(?P<name>(?:(?!与本|其他)[^，。；、]){0,24}?(?P<core>[\u4e00-\u9fff]{4,24}?)(?:项目|专项资金|资金|经费))"
)
_BUT_CARRIED = (_OWN, _SCOPE, _ADVISED)
# The same, told by those who evaluated it; the title names it in nearly the same words.
_EVALUATED = re.compile(
    r"(?:我(?:公司|所|们|单位)|评价(?:工作)?组|本(?:所|公司))对(?P<name>[^，。；]{6,40}?项目)(?:开展|进行|实施)"
)
# What names no single body or project; what may stand before the body that a clause speaks of (经县水利局党组会议).
_ANY = re.compile(
    r"同类|类似|后续|下[一步]|今后|其[他余它]|相关|有关|此类|各|[一二三]期|多个|所属|上级|[你我他]们|贵|涉及|部分|对口|主管|合作"
)
_OPENS = re.compile(r"(?:^|[，。；：、）)\s]|经|由)$")
_ORGAN = re.compile(r"党组|党委会|局务会|班子")  # where the evaluated body decides
_LEAD = re.compile(r"^.*(?:为了?|对|保障|确保|促进|推动|由|经|是|在|及|与|和|使|从|[省市县区旗年度])")
_PLAIN = re.compile(
    r"本|该|此|我|各|全|整个|专项|资金|工程|建设|提升|改造|实施|补助|补贴|服务|管理|年度|保障|体系|重点|财政|预算|绩效|评价"
)
_PIECE = 2  # characters in a row that a foreign name shares with nothing else in the report; of a long one, one more
_LONG = 6  # characters of such a name
_ALIKE = 80  # likeness of a name and the title (0..100)
_LEAST = 2  # characters of a name that tell it from others


def _test(facts: Facts) -> Iterator[Relation]:
    yield from left_over(facts, RULE)
    yield from other_rated(facts, RULE)
    own = facts.report.field_mention("evaluated_body") or facts.report.field_mention("project")
    if own is None:
        return
    yield from _misnamed(facts, own)
    for sentence in facts.saying("局", "委员会", "办公室", "厅", "项目", "评价对象", "评价范围"):
        if sentence.cell is None and sentence.heading is not None:
            for pattern in (_OWN, _CARRIED, _SCOPE, _ADVISED) if _CARRYING.search(sentence.text) else _BUT_CARRIED:
                for match in pattern.finditer(sentence.text):
                    if _foreign(facts, sentence, match):
                        yield _relation(own.text, Operand.of("text.own", "operand", own), sentence, match)


def _misnamed(facts: Facts, own: Mention) -> Iterator[Relation]:
    """A project said to have been evaluated whose name is the title's but for a place that is named nowhere else."""
    title = facts.report.field_mention("title")
    for sentence in facts.saying("项目") if title is not None else ():
        match = _EVALUATED.search(sentence.text) if sentence.cell is None else None
        if title is not None and match is not None and _nearly(facts, sentence, match["name"], title.text):
            yield _relation(own.text, Operand.of("text.own", "operand", own), sentence, match)


def _nearly(facts: Facts, sentence: Sentence, name: str, title: str) -> bool:
    """Whether a name is the title's but for one stretch, of which no other line has anything."""
    found = fuzz.partial_ratio_alignment(name, title)
    if name in title or found is None or found.score < _ALIKE:
        return False
    steps = Levenshtein.opcodes(name, title[found.dest_start : found.dest_end])
    unlike = [step for step in steps if step.tag != "equal" and step.src_end > step.src_start]
    if not unlike or any(one.src_end != other.src_start for one, other in pairwise(unlike)):
        return False
    stretch = name[unlike[0].src_start : unlike[-1].src_end + 1]
    here = {id(line) for line in sentence.flow.lines}
    others = (line.text for line in facts.report.rows.part.lines if id(line) not in here)
    return len(stretch) >= _LEAST and not any(stretch in text for text in others)


def _foreign(facts: Facts, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether no other line of the report has anything of the name that is not common to all."""
    speaks = match.re is not _OWN or _OPENS.search(sentence.text, 0, match.start()) or _ORGAN.search(match[0])
    if _ANY.search(match["name"]) or not speaks:
        return False
    core = match["core"] if match.re is _ADVISED else _PLAIN.sub("", _LEAD.sub("", match["core"]))
    named = (mention.text for mention in facts.report.field_mentions if mention.number is None)
    if len(core) < _LEAST or any(_abbreviates(core, text) for text in named):
        return False
    size = _PIECE if len(core) < _LONG else _PIECE + 1
    pieces = [core[at : at + size] for at in range(len(core) - size + 1)]
    here = {id(line) for line in sentence.flow.lines}
    others = [line.text for line in facts.report.rows.part.lines if id(line) not in here]
    own = "".join(line.text for line in sentence.flow.lines)
    return own.count(core) == 1 and not any(piece in text for text in others for piece in pieces)


def _abbreviates(core: str, name: str) -> bool:
    """Whether a name may be short for another: 教体 for 教育体育局."""
    letters = iter(name)
    return all(letter in letters for letter in core)


def _relation(own: str, left: Operand, sentence: Sentence, match: re.Match[str]) -> Relation:
    name = match["name"] if match.re is _ADVISED else _LEAD.sub("", match["name"]) or match["name"]
    span = sentence.span(match.start(), match.end())
    right = Operand("text.name", "reported", name, None, span)
    return spotted(
        RULE,
        f"text.leftover.{span.page}.{span.line}",
        [left, right],
        title=f"疑为模板残留的名称：“{name}”",
        message=f"{where(span)}“{quote(span, match[0])}”，该名称与本报告的“{own}”不符，"
        "全文别处亦未提及，疑为套用其他报告未改。",
        reported=name,
        severity="warning",
    )


CHECK = Check(
    rule=RULE,
    name="模板残留名称",
    what="Where the report speaks of the evaluated body's own management, or of the project's being carried out, it "
    "names this body and this project.",
    why="A name left over shows that the passage was written for another report.",
    formula="name in the passage = name of the report",
    tolerance="only names of which no two characters in a row stand anywhere else in the report",
    severity="warning",
    source="财预〔2020〕10号第二十五条（数据真实、逻辑清晰）",
    test=_test,
    fold="alone",
    silent=True,
    agrees=(
        "字段 evaluated_body 青石县教育体育局；题 一、 程序；文 经县教体局党组会议研究。；文 预算按程序编制。",
        "字段 evaluated_body 青石县城管局；题 一、 问题；文 县城管局绩效指标不够细化。；文 县城管局负责清扫。",
    ),
    disagrees=(
        "字段 title 青石县柳沟河综合治理工程绩效评价报告；字段 project 青石县柳沟河综合治理工程；正文 总分 得分 92.07；"
        "文 柳沟河综合治理工程投资80万元。；文 柳沟河综合治理工程已完工。；文 马莲河综合治理工程综合评价得分92.07分。",
        "字段 title 青石县2023年度养老补助绩效评价报告；文 青石县养老服务设施有12个。；文 青石县民政局、青石县财政局和"
        "青石县卫健局。；文 评价认为，禾沛县养老服务设施运行平稳。",
        "字段 evaluated_body 青石县城管局；题 一、 问题；文 县水利局绩效指标不够细化。；文 县城管局负责清扫。",
        "字段 project 青石县疫苗接种项目；题 二、 范围；文 评价范围为青石县2023年度全民阅读推广资金80万元。",
        "字段 title 青石县柳沟小流域治理工程项目绩效评价报告；字段 project 青石县柳沟小流域治理工程项目；题 一、 范围；"
        "文 我公司对马莲沟小流域治理工程项目开展绩效评价。；文 柳沟治理面积6平方公里。",
        "字段 project 青石县疫苗接种项目；题 一、 效益；文 疫苗冷链完整，为县新生儿筛查项目的长期实施提供了保障。",
    ),
    false_alarms=("a sub-project or a partner told of once", "other departments named as examples"),
)
