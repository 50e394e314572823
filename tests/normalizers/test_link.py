"""Indicator trees from several tables, and prose laid upon them."""

from decimal import Decimal

from normalizers.normalize import normalize
from normalizers.records import EvaluationReport, Indicator
from tests.normalizers.builders import DOCUMENT, claim, heading, report_rows, row

SCORING = (
    row(1, "过程", line=1, weight="20"),
    row(2, "资金管理", ("过程",), line=1, weight="12"),
    row(3, "资金拨付率", ("过程", "资金管理"), line=1, weight="12", score="11.5"),
    row(2, "组织实施", ("过程",), line=2, weight="8"),
    row(3, "监管有效性", ("过程", "组织实施"), line=2, weight="8", score="6"),
    row(1, "产出", line=3, weight="10"),
    row(2, "质量指标", ("产出",), line=3),
    row(3, "验收合格率", ("产出", "质量指标"), line=3, weight="10", score="9"),
)


def indicator(report: EvaluationReport, name: str) -> Indicator:
    """The only indicator called `name`."""
    (found,) = [item for item in report.indicators if item.name == name]
    return found


def test_a_group_table_restates_the_scoring_table() -> None:
    """Equal names under another spelling of the parent are the same indicators; every place is kept."""
    group = (
        row(1, "过程指标", line=20, table="t2", role="group", weight="20", score="17.5"),
        row(3, "资金拨付率", ("过程指标", ""), line=20, table="t2", role="group", weight="12", score="11.5"),
        row(3, "监管有效性", ("过程指标", ""), line=21, table="t2", role="group", weight="8", score="6.5"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING + group))
    assert [item.name for item in report.children(None)] == ["过程", "产出"]
    effective = indicator(report, "监管有效性")
    assert [(m.text, m.place) for m in effective.all("score")] == [("6", "scoring"), ("6.5", "group")]
    assert effective.get("score") == effective.all("score")[0]
    assert indicator(report, "过程").get("score") is not None


def test_prose_speaks_of_the_indicator_of_its_heading() -> None:
    """`该指标` belongs to the innermost heading, `该一级指标` to the level-1 heading above it."""
    top, group, leaf = heading(1, "过程（20分）", 30), heading(2, "组织实施", 32), heading(3, "监管有效性", 33)
    statements = (
        claim("该一级指标权重20分，得17.6分", 31, (top,), role="一级", weight="20", score="17.6"),
        claim("该指标满分8分，得6分", 34, (top, group, leaf), weight="8", score="6"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING, statements))
    assert [claim.owner for claim in report.claims] == [
        indicator(report, "过程").index,
        indicator(report, "监管有效性").index,
    ]
    assert indicator(report, "过程").all("score")[0].number.value == Decimal("17.6")  # type: ignore[union-attr]


def test_a_claim_under_a_heading_that_names_no_indicator_stays_unlinked() -> None:
    """The score of a contract review belongs to no indicator."""
    path = (heading(1, "主要问题", 40), heading(2, "考核推进滞后", 41))
    report = normalize(DOCUMENT, report_rows(SCORING, (claim("考核得分75分", 42, path, score="75"),)))
    assert report.claims[0].owner is None


def test_what_is_told_of_an_aspect_is_not_told_of_its_heading() -> None:
    """`资金管理规范性方面，专账` speaks of something else than `资金管理方面`, which is the heading."""
    path = (heading(1, "过程", 30), heading(2, "资金管理", 31))
    statements = (
        claim("满分4分，得3分", 32, path, subject="资金管理规范性方面，专账", weight="4", score="3"),
        claim("满分12分，得11.5分", 33, path, subject="资金管理方面，专账", weight="12", score="11.5"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING, statements))
    assert [found.owner for found in report.claims] == [None, indicator(report, "资金管理").index]


def test_a_bare_score_below_a_group_may_be_that_of_a_member() -> None:
    """`过程。…支出率95.83%，得11.5分` is no score of 过程; what the members make together, or a summing word, is."""
    top = heading(1, "过程", 30)
    told = [("得11.5分", "11.5"), ("得17.5分", "17.5"), ("综上得16分", "16"), ("得3分", "3")]
    statements = tuple(claim(text, 31 + at, (top,), score=score) for at, (text, score) in enumerate(told))
    report = normalize(DOCUMENT, report_rows(SCORING, statements))
    own = indicator(report, "过程").index
    assert [found.owner for found in report.claims] == [None, own, own, None]


def test_a_bare_score_in_the_line_of_a_group_s_heading_is_the_group_s() -> None:
    """`产出（得8分）` speaks of 产出 whatever the table says."""
    top = heading(1, "产出（得8分）", 30)
    report = normalize(DOCUMENT, report_rows(SCORING, (claim("得8分", 30, (top,), score="8"),)))
    assert report.claims[0].owner == indicator(report, "产出").index


def test_declared_targets_without_scores_are_a_tree_of_their_own() -> None:
    """A target table names other indicators; its weights never add to the scored tree."""
    target = (
        row(1, "产出指标", line=50, table="t3", role="target"),
        row(3, "举办活动场次", ("产出指标", "数量指标"), line=50, table="t3", role="target", target="3场"),
        row(3, "参与人数", ("产出指标", "数量指标"), line=51, table="t3", role="target", target="500人"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING + target))
    assert [item.name for item in report.children(None, scope=1)] == ["产出指标"]
    assert indicator(report, "举办活动场次").scope == 1


def test_scores_listed_only_in_prose_make_indicators() -> None:
    """`（一）产出指标分析（满分50分，自评得分48分）` is the only place that states it."""
    first = heading(1, "综合结论", 1)
    group = heading(2, "产出指标分析（满分50分，自评得分48分）", 2)
    item = heading(3, "数量指标（满分10分，自评得分10分）", 3)
    statements = (
        claim(group.flow.text, 2, (first, group), weight="50", score="48"),
        claim(item.flow.text, 3, (first, group, item), weight="10", score="10"),
    )
    report = normalize(DOCUMENT, report_rows((), statements))
    assert [(i.level, i.name, i.path) for i in report.indicators] == [
        (1, "产出指标", ()),
        (2, "数量指标", ("产出指标",)),
    ]


def test_a_renamed_indicator_in_the_same_place_is_one_indicator() -> None:
    """One name left over on each side, same position, same weight: one indicator under two names."""
    annex = (
        row(1, "过程", line=60, table="t4", role="annex"),
        row(3, "款项支付比例", ("过程", "资金管理"), line=60, table="t4", role="annex", weight="12", score="11.5"),
        row(3, "监管有效性", ("过程", "组织实施"), line=61, table="t4", role="annex", weight="8", score="6"),
        row(3, "验收合格率", ("产出", "质量指标"), line=62, table="t4", role="annex", weight="10", score="9"),
        row(2, "资金管理", ("过程",), line=60, table="t4", role="annex"),
        row(2, "组织实施", ("过程",), line=61, table="t4", role="annex"),
        row(1, "产出", line=62, table="t4", role="annex"),
        row(2, "质量指标", ("产出",), line=62, table="t4", role="annex"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING + annex))
    assert indicator(report, "资金拨付率").names == ("资金拨付率", "款项支付比例")


def test_points_for_parts_are_no_score() -> None:
    """`1、…得2分；2、…得2分` gives the indicator no score of 2; the sum behind them does."""
    path = (heading(1, "过程", 30), heading(2, "监管有效性", 33))
    parts = (
        claim("制定办法，得3分", 34, path, score="3"),
        claim("规范审核，得3分", 34, path, subject="规范审核", score="3"),
    )
    report = normalize(DOCUMENT, report_rows(SCORING, parts))
    assert indicator(report, "监管有效性").all("score") == indicator(report, "监管有效性").all("score")[:1]
    summed = claim("综上得6分", 34, path, score="6")
    report = normalize(DOCUMENT, report_rows(SCORING, (*parts, summed)))
    assert [m.text for m in indicator(report, "监管有效性").all("score")] == ["6", "6"]


def test_headings_with_weights_make_a_tree_where_no_table_does() -> None:
    """`一、项目投入（20分）` > `（一）资金落实（6分）` > a quoted name with its group."""
    first, second = heading(1, "项目投入（20分）", 1), heading(2, "资金落实（6分）", 2)
    quoted = heading(2, "数量指标“灌渠清淤长度”", 4)
    statements = (
        claim("项目投入（20分）", 1, (first,), weight="20分"),
        claim("资金落实（6分）", 2, (first, second), weight="6分"),
        claim("该指标分值10分，得9分", 5, (first, quoted), role="该", weight="10分", score="9分"),
    )
    report = normalize(DOCUMENT, report_rows((), statements))
    assert [(i.level, i.name, i.path) for i in report.indicators] == [
        (1, "项目投入", ()),
        (2, "资金落实", ("项目投入",)),
        (2, "数量指标", ("项目投入",)),
        (3, "灌渠清淤长度", ("项目投入", "数量指标")),
    ]


def test_the_ratings_of_several_projects_stay_apart() -> None:
    """Tables that make up 100 each and share 预算执行率 alone rate different projects."""
    first = (
        row(3, "预算执行率", line=1, weight="10", score="8.6"),
        row(3, "培训人数", line=2, weight="50", score="42"),
        row(3, "培训合格率", line=3, weight="40", score="40"),
    )
    second = (
        row(1, "预算执行率", line=20, table="t2", role="summary", weight="10", score="9.7"),
        row(1, "救助人数", line=21, table="t2", role="summary", weight="50", score="50"),
        row(1, "有效率", line=22, table="t2", role="summary", weight="40", score="38"),
    )
    report = normalize(DOCUMENT, report_rows(first + second))
    assert sorted((item.scope, item.name) for item in report.indicators if item.name == "预算执行率") == [
        (0, "预算执行率"),
        (1, "预算执行率"),
    ]
