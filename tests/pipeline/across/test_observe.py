"""What is noticed across reports: one project told twice, shared wording, marks without any deduction, crowds."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.across.corpus import project_key
from pipeline.across.scoring import rarer
from pipeline.across.signatures import BINS, folded, sketch
from tests.pipeline.across.run import amount, leaf, observed, report, wording

SCHEMA = Path(__file__).parents[3] / "outputs" / "schema" / "observations.schema.json"
OWN = [
    f"第{word}灌区的闸门在汛前检修时发现启闭机锈蚀并且备用电源没有按时更换所以当年停用了很久" for word in "甲乙丙丁戊"
]
FULL = [(f"指标{letter}", "5.00", "5") for letter in "abcdefgh"]


def _kinds(found: list[dict[str, object]]) -> list[object]:
    return [one["kind"] for one in found]


def test_one_project_with_other_figures_in_the_same_year(tmp_path: Path) -> None:
    """Totals, amounts of the same item and actuals of the same indicator are set side by side, once each."""
    both = {"project": "青禾县修渠项目", "evaluated_body": "青禾县水务局"}
    found = observed(
        tmp_path,
        reports=[report("一", **both), report("二", **both, kind="self_evaluation", total_score="98")],
        amounts=[amount("一", "spent", "渠道衬砌工程", "500"), amount("二", "spent", "渠道衬砌工程", "520")],
        indicators=[leaf("一", "修渠长度", "9", "8", "12公里"), leaf("二", "修渠长度", "9", "9", "13公里")],
    )
    assert _kinds(found) == ["figures-differ"]
    assert [figure["name"] for figure in found[0]["figures"]] == [
        "总分（评价与自评）", "“渠道衬砌工程”支出", "指标“修渠长度”实际值",
    ]  # fmt: skip
    jsonschema.validate(found[0], json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2030年度青禾县修渠项目绩效评价报告", "青禾县修渠项目"),
        ("青禾县修渠专项资金（2031年）", "2031年青禾县修渠专项资金支出绩效评价"),
    ],
)
def test_project_names_without_years_and_title_words(one: str, other: str) -> None:
    """What every title has does not tell projects apart."""
    assert project_key(one) == project_key(other)


def test_stages_of_a_project_are_different_projects(tmp_path: Path) -> None:
    """一期 and 二期 differ by one character and are two things."""
    body = {"evaluated_body": "青禾县水务局"}
    names = ("青禾县北部山区饮水安全巩固提升工程一期", "青禾县北部山区饮水安全巩固提升工程二期")
    found = observed(tmp_path, reports=[report(name, **body, total_score=str(80 + n)) for n, name in enumerate(names)])
    assert found == []


@pytest.mark.parametrize(
    ("first", "second", "project"),
    [
        ("青禾县水务局", "白禾县水务局", "修渠项目补助"),
        (None, None, "城市智慧社区平台"),
        ("青禾县水务局", None, "智能灌溉平台"),
    ],
)
def test_one_name_in_two_places_is_two_projects(
    first: str | None, second: str | None, project: str, tmp_path: Path
) -> None:
    """Programmes of one name run everywhere; without the same body or a place in the name nothing is compared."""
    reports = [
        report("一", project=project, evaluated_body=first),
        report("二", project=project, evaluated_body=second, total_score="70"),
    ]
    assert observed(tmp_path, reports=reports) == []


def test_years_of_a_project_stand_side_by_side(tmp_path: Path) -> None:
    """Reports of several years are listed in order of years, and are no conflict."""
    both = {"project": "青禾县修渠项目", "evaluated_body": "青禾县水务局"}
    found = observed(
        tmp_path, reports=[report("一", **both), report("二", **both, fiscal_year=[2030], total_score="91")]
    )
    assert _kinds(found) == ["same-project"]
    assert [figure["name"] for figure in found[0]["figures"]] == ["2030", "2031"]


def test_copied_sentences_of_two_projects(tmp_path: Path) -> None:
    """Sentences that two reports share are counted, with their lines; those of many reports are standard wording."""
    names = [f"项目{letter}的渠道工程" for letter in "甲乙丙丁戊己庚"]
    common = "各单位应当在年度终了后及时组织开展自我检查并把结果逐级报送主管单位备案存查"
    signatures = [wording(name, [common, *(OWN if name in names[:2] else [])]) for name in names]
    found = observed(tmp_path, reports=[report(name) for name in names], signatures=signatures)
    assert _kinds(found) == ["copied-passages"]
    assert found[0]["figures"][0] == {"name": "相同句数", "value": str(len(OWN))}
    assert found[0]["reports"][0]["place"] == "第 2、3、4、5、6 行"


def test_nearly_the_same_text_with_other_numbers(tmp_path: Path) -> None:
    """A report handed in twice under two names is seen, whatever its figures."""
    text = "".join(f"第{n}批物资于{n}月运到并且逐件登记入库之后发放到村{chr(0x4E00 + 37 * n)}" for n in range(1, 60))
    changed = text.replace("3", "7").replace("物资于", "物资在", 2)
    found = observed(
        tmp_path,
        reports=[report("甲地防汛物资"), report("乙地森林防火")],
        signatures=[wording("甲地防汛物资", [], folded(text)), wording("乙地森林防火", [], folded(changed))],
    )
    assert _kinds(found) == ["near-duplicate"]


def test_short_texts_have_no_sketch_and_long_ones_have_every_bin() -> None:
    """Nothing is said of a few lines; the same text gives the same sketch."""
    long = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(900))
    assert sketch("很短") == ()
    assert len(sketch(long)) == BINS and sketch(long) == sketch(long)


def test_full_marks_throughout_of_one_evaluator(tmp_path: Path) -> None:
    """Three reports without a single deduction are noticed; one deduction anywhere and they are not."""
    names = ("甲村道路", "乙村道路", "丙村道路")
    reports = [report(name, evaluator="远山咨询有限公司") for name in names]
    leaves = [leaf(name, *mark) for name in names for mark in FULL]
    assert _kinds(observed(tmp_path, reports=reports, indicators=leaves)) == ["uniform-full-marks"]
    leaves[-1]["score"] = "4"
    assert observed(tmp_path, reports=reports, indicators=leaves) == []


def test_totals_that_crowd_above_a_limit(tmp_path: Path) -> None:
    """Of thirteen totals near 90 twelve stand at or above it: rarer than one in a hundred."""
    totals = ["90.1", "90", "90.4", "90.9", "90.2", "90.5", "90.3", "90.8", "90.6", "90.7", "90.15", "90.25", "89.5"]
    reports = [report(f"第{n}村桥梁维修", total_score=total) for n, total in enumerate(totals)]
    found = observed(tmp_path, reports=reports)
    assert _kinds(found) == ["above-limit"] and found[0]["count"] == 12
    assert observed(tmp_path, reports=reports[:9]) == []


def test_the_test_is_exact() -> None:
    """Of twelve tosses eleven of one side are expected 13 times in 4096, ten 79 times."""
    assert rarer(11, 12) and not rarer(10, 12)


def test_order_of_observations_is_that_of_reports(tmp_path: Path) -> None:
    """Two runs over the same records write the same bytes."""
    both = {"project": "青禾县修渠项目", "evaluated_body": "青禾县水务局"}
    reports = [report("一", **both), report("三", **both, total_score="70"), report("二", **both, fiscal_year=[2030])]
    first = observed(tmp_path, reports=reports)
    assert first == observed(tmp_path, reports=reports) and len(first) == 2
