"""Reports that rate several projects one by one."""

from extractors.rows.model import Statement
from normalizers.normalize import normalize
from tests.normalizers.builders import DOCUMENT, claim, heading, report_rows

TOP = heading(1, "项目绩效目标完成情况", 9)


def told(title: str, line: int, total: str, output: str) -> tuple[Statement, ...]:
    """A total and a group's score below the heading of one project."""
    path = (TOP, heading(2, title, line))
    return (
        claim(f"自评得分{total}分", line + 1, path, kind="total", score=total),
        claim(f"产出指标得{output}分", line + 1, path, subject="产出指标", weight="50", score=output),
    )


def test_projects_rated_beside_one_another_are_rated_apart() -> None:
    """Neither their totals nor their groups' scores are held to be the report's; each has a tree of its own."""
    statements = told("乡村客运补贴项目", 10, "97.8", "49") + told("渡口改造工程", 20, "96.2", "47")
    report = normalize(DOCUMENT, report_rows((), statements))
    assert [m.text for m in report.field_mentions if m.field == "total_score"] == []
    scores = [
        (one.scope > 0, [m.text for m in one.all("score")]) for one in report.indicators if one.name == "产出指标"
    ]
    assert scores == [(True, ["49"]), (True, ["47"])]


def test_chapters_that_conclude_and_discuss_rate_one_thing() -> None:
    """A total in the conclusion and another one among the results stay two statements of the report's total."""
    statements = told("评价结论", 10, "97.8", "49") + told("绩效分析", 20, "96.2", "47")
    report = normalize(DOCUMENT, report_rows((), statements))
    assert [m.text for m in report.field_mentions if m.field == "total_score"] == ["97.8", "96.2"]
