"""Check: the report's own grade scale leaves no gap and no overlap (等级标准衔接)."""

from collections.abc import Iterator
from itertools import pairwise

from extractors.frozen import replace
from normalizers.records import GradeBand
from pipeline.checks.facts import Facts
from pipeline.checks.grade_threshold import thresholds
from pipeline.checks.model import Check, Operand, Relation
from pipeline.checks.tolerance import written

RULE = "scale-cover"


def _test(facts: Facts) -> Iterator[Relation]:
    scale = facts.report.scale
    if len(scale) < 2 or scale[0].source != "report":
        return
    total = next((mention for mention in facts.total_weights), None)
    problem = next((told for better, worse in pairwise(scale) if (told := _between(better, worse))), "")
    places = thresholds(scale)
    right = (Operand.of("total.weight", "threshold", total),) if total is not None else places[-1:]
    relation = Relation(
        RULE,
        "inconsistent" if problem else "consistent",
        places,
        right,
        formula="、".join(f"{band.grade} {_limits(band)}" for band in scale),
        reported=scale[0].grade,
        computed=problem or "连续",
        severity="info",
    )
    if not problem:
        yield relation
        return
    yield replace(
        relation,
        title=f"等级标准不衔接：{problem}",
        message=f"报告所列等级标准{problem}，落在其间的得分无法确定等级。",
    )


def _between(better: GradeBand, worse: GradeBand) -> str:
    """What is wrong between two neighbouring bands, Chinese; '' if they join."""
    if better.low is None or worse.high is None:
        return ""
    if worse.high < better.low:
        return f"“{better.grade}”与“{worse.grade}”之间有空档（{written(worse.high)}—{written(better.low)}）"
    if worse.high > better.low:
        return f"“{better.grade}”与“{worse.grade}”有重叠（{written(better.low)}—{written(worse.high)}）"
    return ""


def _limits(band: GradeBand) -> str:
    low = "" if band.low is None else written(band.low)
    high = "" if band.high is None else written(band.high)
    return f"{'[' if band.low_included else '('}{low},{high}{']' if band.high_included else ')'}"


CHECK = Check(
    rule=RULE,
    name="等级标准衔接",
    what="The bands of the report's own grade scale join without gap or overlap.",
    why="A score between two bands has no grade, one in two bands has two.",
    formula="upper limit of a band = lower limit of the next better",
    tolerance="equality; bands written 80–89 are read as [80, 90)",
    severity="info",
    source="财预〔2020〕10号第十八条（等级划分）",
    test=_test,
    fold="alone",
    agrees=("等级 优 90 100；等级 良 80 90；等级 差 0 80；正文 总分 得分 85 权重 100",),
    disagrees=("等级 优 90 100；等级 良 80 88；等级 差 0 80；正文 总分 得分 85 权重 100",),
    false_alarms=("whole-point bands (80–89, 90–100)",),
)
