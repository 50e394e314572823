"""Numbers one slip away from what the numbers beside them give: found; honest look-alikes are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checks.misprint import _DOUBLED, _has_doubled
from pipeline.checks.run import check
from tests.pipeline.checks.notation import report

WRONG = (
    # a share of the whole told before it; two digits exchanged
    "文 全线护栏418公里，锈蚀较重的96公里，占22.79%。",
    # growth from last year's number in the same clause
    "文 村集体收入412.60万元，村均24.27万元，比上年的356.80万元增长16.54%。",
    # completion told behind the parts of what was completed
    "文 年度目标990户，实际改造875户，其中东片220户、西片290户、北片365户，完成率88.83%。",
    # the execution rate of amounts told in a sentence before
    "文 全年预算3,650.00万元，均已下达。年末累计支出3,496.31万元，进度正常，执行率97.59%。",
    # what is left of two amounts; the total and its parts in brackets
    "文 概算造价1,264.80万元，审定造价1,207.35万元，核减造价75.35万元。",
    # the same money in another chapter, one digit wrong; against a table's row
    "题 一、 成效；文 沿线绿化带补植支出862.51万元。；题 二、 问题；文 绿化带补植支出832.51万元。",
    "题 一、 资金；表 t9 项目 | 预算（万元） | 支出（万元）；表 t9 绿化带补植 | 867.00 | 862.51；"
    "题 二、 问题；文 绿化带补植支出826.51万元，占比偏低。",
    # the count that the rate asks for
    "文 应签约老人4386人，已签约3680人，签约服务率88.01%。",
    # the one number so called
    "题 一、 成效；文 全年完成后，受益农户3286户。；题 二、 效益；文 项目受益农户3268户，群众反映良好。",
    "文 公用支出与人员支出合计16,832.40万元（人员经费15,674.18万元、公用经费1,185.22万元）。",
    # a row's number told with other numbers of the row, by its name, and by the name of the indicator
    "文 项目实际支出1555.46万元，结余95.44万元。；表 t9 资金来源 | 预算（万元） | 支出（万元） | 结余（万元）；"
    "表 t9 县级资金 | 1650.00 | 1555.46 | 94.54；表 t9 市级资金 | 800.00 | 730.00 | 70.00",
    "文 全年检测水样2184次，达标2009次。；表 t9 设施 | 检测次数 | 达标次数；表 t9 水厂 | 2148 | 2009；"
    "表 t9 泵站 | 826 | 774",
    "题 一、 资金；文 预算调整率37.04%。；题 二、 问题；文 全年预算调整率达37.40%，编制不够精准。",
)
HONEST = (
    # another year's rate beside this year's numbers
    "文 抽查台账58册，合格54册，2022年的合格率为93.01%。",
    # a target
    "文 抽查台账58册，合格54册，目标合格率93.01%。",
    # a rate whose whole another sentence tells
    "文 全市共有茶园1.32万亩。其中改造418亩，新建96亩，新建占22.79%。；文 新建比例22.79%。",
    # rates of two lists side by side
    "文 三处泵站分别抽查58次、54次，合格率分别为93.01%、95.12%。",
    # the satisfaction weighted over the answers
    "文 收回问卷318份，满意270份，加权满意度84.09%。",
    # an average
    "文 抽检420份，达标369份，四个季度平均达标率87.68%。",
    # another year's, another row's and another stage's number, each a row's with two digits exchanged; both told
    "文 2022年项目实际支出1555.46万元，结余95.44万元。；表 t9 资金来源 | 2023年支出（万元） | 2023年结余（万元）；"
    "表 t9 县级资金 | 1555.46 | 94.54；表 t9 市级资金 | 730.00 | 70.00",
    "文 全年检测水样2184次，泵站达标774次。；表 t9 设施 | 检测次数 | 达标次数；表 t9 水厂 | 2148 | 2009；"
    "表 t9 泵站 | 826 | 774；表 t9 井房 | 2184 | 2011",
    "文 实际支出1555.46万元，到位1695.40万元。；表 t9 来源 | 预算（万元） | 支出（万元）；"
    "表 t9 县级 | 1659.40 | 1555.46；表 t9 市级 | 800.00 | 730.00",
    # works done by the end of the month, and others after it than those told
    "文 改造危桥2座，全部于2023年11月底前通车。；表 t9 桥名 | 通车时间；表 t9 青溪桥 | 2023.9.28；"
    "表 t9 石湾桥 | 2023.11.16",
    "文 改造危桥1座，全部于2023年10月底前通车。；表 t9 桥名 | 通车时间；表 t9 青溪桥 | 2023.9.28；"
    "表 t9 石湾桥 | 2023.11.16",
    # a list that leaves more out than one
    "文 26个项目未开工，其中手续未办结的12个、资金未落实的8个、设计变更的4个。",
    # a measure for the year evaluated, quoted from it
    "年度 2023；文 截至2023年12月31日，占比21.06%。；题 六、 改进措施；文 年初提出争取2023年占比降至20%以下。；"
    "文 2024年住院日降至8天以内。",
    # amounts of three contracts with one of another thing
    "文 一标段中标价917.35万元，二标段中标价742.18万元，另有监理检测费175.87万元。",
    # a budget price, a ceiling price and a contract price
    "文 采购预算515.00万元，合同价498.60万元，维保费12.40万元。",
    # numbers per head
    "文 人均补助1,286.45元，户均补助3,120.75元，人均增加1,834.03元。",
    # completion rates of two indicators, near each other as all are
    "题 一、 数量；文 设备更新完成率101.95%。；题 二、 质量；文 渠道整治完成率101.25%。",
    # two years, two stages, two places of one thing
    "题 一、 上年；文 2022年绿化带补植支出862.51万元。；题 二、 当年；文 2023年绿化带补植支出832.51万元。",
    "题 一、 计划；文 计划受益农户3286户。；题 二、 完成；文 实际受益农户3268户。",
    "题 一、 东片；文 东片绿化带补植1,286米。；题 二、 西片；文 西片绿化带补植1,268米。",
    # a share of one of the parts; of a named whole; completion told in the same row
    "文 岸线清理412处，占41.20%，护坡加固283处，占28.30%，清淤198处，占19.80%，加固中返工53处，占18.73%。",
    "文 岸线清理412处，占41.20%，护坡加固283处，占28.30%，清淤198处，占19.80%，验收96处，占全市任务的9.50%。",
    "文 岸线清理412处，占41.20%，护坡加固283处，占28.30%，清淤198处，占19.80%，完成绿化96处，完成率87.50%。",
    # four groups, each with a satisfaction of its own
    "文 居民212人，满意率91.40%，学生183人，满意率95.20%，教师98人，满意率89.70%，家长107人，满意率93.10%。",
    # shares cut off instead of rounded
    "文 岸线清理412处，占41.23%，护坡加固283处，占28.32%，清淤198处，占19.81%，其他106处，占10.60%。",
    # deductions: by a rule, of one criterion among several, of several lines, from a rating out of a hundred
    "文 指标分值8分，每缺1项扣1分，得6分。",
    "评分表 工程按期完工率 权重 8 得分 6；文 工程按期完工率中东片满分5分，扣1分，得4分，西片满分3分，扣1分，得2分。",
    "评分表 工程按期完工率 权重 8 得分 7；文 工程按期完工率60%，扣1分，得4分。",
    "评分表 工程按期完工率 权重 8 得分 5；文 工程按期完工率60%，扣1分，另扣2分，得5分。",
    "评分表 工程按期完工率 权重 8 得分 7.6；文 工程按期完工率60%，按百分制扣5分，得95分。",
    # another year's total beside the table's name; a part under the whole's name
    "文 2022年决算收入合计20,708.00万元，2023年收入见下表。；表 t9 收入项目 | 2023年预算数 | 2023年决算数；"
    "表 t9 财政拨款 | 3260.00 | 3180.00；表 t9 事业收入 | 17940.00 | 17628.00；表 t9 合计 | 21200.00 | 20808.00",
    "文 服务对象满意度95.22%，其中基本满意以上合计，调查结果见下表。；表 t9 类别 | 有效问卷 | 满意率；"
    "表 t9 卫生院 | 54 | 92.59%；表 t9 接种点 | 45 | 91.11%；表 t9 合计 | 99 | 91.92%",
    # parts of a whole that another sentence tells, in a list
    "文 餐饮类培训10080人，保育类2700人，占15.00%，其余为5220人，占29.00%。",
    # completion of another year, of all together, capped
    "自评表 购置设备 目标 ≥420套 实际 436套 权重 7 得分 7；说明文 购置设备 购置设备436套，上年完成率108.31%。",
    "自评表 购置设备 目标 ≥420套 实际 436套 权重 7 得分 7；说明文 购置设备 购置设备436套，三年累计完成率108.31%。",
    # bands of the grades' scale
    "文 良（80—89.99分）、中（60—79.99分）、差（60分以下）。",
    # a stock that grew by what was left over, with more told elsewhere
    "文 年初结存48.63万元，全年收入2,589.79万元，全年支出2,589.87万元，上缴利息0.45万元，年末结存48.10万元。",
)


def _found(text: str) -> list[str]:
    return [one.title for one in check(report(text))[1] if one.severity != "info"]


@pytest.mark.parametrize("text", WRONG)
def test_number_one_slip_away_from_what_stands_beside_it_is_found(text: str) -> None:
    """A report with the slip has one finding of it, by these rules or by one that is surer of itself."""
    assert len(_found(text)) == 1


@pytest.mark.parametrize("text", HONEST)
def test_honest_look_alike_is_left_alone(text: str) -> None:
    """Numbers of another year, group, base or kind are near each other by chance."""
    assert _found(text) == []


@given(st.text("甲乙丙，a\n\ud800", max_size=24))
def test_doubled_words_are_missed_nowhere(text: str) -> None:
    """The quick look at all characters says what the pattern says."""
    assert _has_doubled(text) == (_DOUBLED.search(text) is not None)
