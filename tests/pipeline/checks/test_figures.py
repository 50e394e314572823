"""Numbers are linked by the words around them; the fewer digits they show, the more words it takes."""

from decimal import Decimal

import pytest

from pipeline.checks.facts import Facts
from pipeline.checks.figures import alike
from pipeline.checks.registry import BY_RULE
from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

# What looks alike and is not: (text, rule that must raise nothing)
TRAPS = (
    ("题 一、 甲镇；文 投入120万元，养护48.5公里。；题 二、 乙镇；文 投入120万元，养护39.5公里。", "twin-sentence"),
    (
        "题 一、 情况；文 甲公司获批补助20万元用于平台运营维护，带动就业35人，惠及农户120户。；"
        "文 乙公司获批补助20万元用于平台运营维护，带动就业35人，惠及农户125户。",
        "twin-sentence",
    ),
    (
        "题 一、 甲项目；子题 1. 资金情况；文 项目到位资金足额及时，到位300.5万元，支出300.5万元，结余12.3万元。；"
        "题 二、 乙项目；子题 1. 资金情况；文 项目到位资金足额及时，到位300.5万元，支出300.5万元，结余13.2万元。",
        "twin-sentence",
    ),
    ("文 月执行进度分别为41.2%、63.8%、87.5%，未达到45%、75%、90%的序时要求。", "told-comparison"),
    ("文 增长20%，超过3个百分点。", "told-comparison"),
    ("年度 2023；文 企业申报2022年度补助资金10家，申报2023年度补助资金12家。", "stale-year"),
    ("文 解决解决不了的问题。", "misprint"),
    ("文 各队一个一个落实，各队一个落实。", "misprint"),
    ("年度 2023；自评表 时效 目标 招标5月底前完成 实际 如期完成；文 项目推进有序，于2023年9月完成。", "deadline-met"),
    ("自评表 管网覆盖率 目标 ≥15% 实际 100%；文 全县管网长度同比增长32%。", "completion-as-actual"),
    ("自评表 渠道完好率 目标 ≥95% 实际 98.2%；文 其中甲镇渠道完好率92.5%。", "actual-named"),
    ("自评表 渠道完好率 目标 ≥95% 实际 98.2%；文 目标渠道完好率95%。", "actual-named"),
    ("文 投入资金1200万元（中央600万元、省级400万元，其中预拨500万元等）。", "told-sum"),
    ("文 “三公”经费实际支出9.5万元，其中公务接待费2.3万元，公务用车运行维护费7万元。", "three-public"),
    ("评分表 里程 权重 10 得分 9；说明文 里程 全年完成率80%。", "score-from-share"),
)


@pytest.mark.parametrize(
    ("text", "printed", "base", "unit"),
    [
        ("建成站点1.2万个。", "1.2万个", "12000", "个"),
        ("走访730余人次。", "730余人次", "730", "人次"),
        ("安排2.8亿元。", "2.8亿元", "280000000", "元"),
        ("开展了五轮次巡查。", "五轮次", "5", "轮次"),
        ("占比27.45%。", "27.45%", "27.45", "%"),
    ],
)
def test_a_number_is_read_in_base_units(text: str, printed: str, base: str, unit: str) -> None:
    """Scale and unit belong to the number; words for numbers count where a unit follows."""
    (one,) = Facts(report(f"文 {text}")).figures
    assert (one.text, one.value, one.unit) == (printed, Decimal(base), unit)


@pytest.mark.parametrize(
    "text",
    ["2023年度", "于5月12日", "满分5分", "见表3", "云财〔2022〕47号", "第2号", "得分率为80.5%"],
)
def test_years_days_points_and_labels_count_nothing(text: str) -> None:
    """They are numbers of something else."""
    assert Facts(report(f"文 {text}。")).figures == ()


def test_few_digits_need_many_words_and_many_digits_none() -> None:
    """`5个` of two things is no link; `18,245.37万元` is one wherever it stands."""
    facts = Facts(report("文 新建渔村码头5个。；文 改建集市5个。；文 拨付18,245.37万元。；文 下达18,245.37万元。"))
    five, other, paid, told = facts.figures
    assert not alike(five, other)
    assert alike(paid, told)


@pytest.mark.parametrize(("text", "rule"), TRAPS, ids=[rule for _, rule in TRAPS])
def test_what_only_looks_like_an_error_raises_nothing(text: str, rule: str) -> None:
    """Known false-alarm patterns stay silent."""
    assert rule in BY_RULE
    assert [one.title for one in check(report(text))[1] if one.rule == rule] == []
