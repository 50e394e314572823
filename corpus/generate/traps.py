"""Things that look wrong and are not (陷阱): other bases, other years, other bodies, legitimate rounding."""

from dataclasses import dataclass
from decimal import Decimal

from corpus.generate.chance import half_up
from corpus.generate.shared_parts import Writer


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap (陷阱): its name and the paragraph."""

    name: str
    text: str


def draw_traps(writer: Writer) -> list[Trap]:
    """None to four traps."""
    fitting = [maker for maker in _MAKERS if maker is not _self_score or writer.facts.kind != "self"]
    makers = writer.chance.some(fitting, writer.chance.of((0, 1, 2, 3, 4)))
    return [maker(writer) for maker in makers]


def _contract_score(writer: Writer) -> Trap:
    score = writer.chance.randint(70, 99)
    return Trap(
        "contract-score", f"{writer.facts.bureau}对施工单位的履约考核得分为{score}分，考核结果作为支付尾款的依据。"
    )


def _last_year(writer: Writer) -> Trap:
    chance, habit, year = writer.chance, writer.habit, writer.facts.year - 1
    plan = Decimal(chance.randint(300, 9000) * 10000)
    spent = plan * chance.randint(80, 99) / 100
    told = f"{year}年度该项目预算{habit.amount(plan)}，支出{habit.amount(spent)}，预算执行率{habit.rate(spent / plan)}"
    return Trap("last-year", f"{told}，资金规模与上年相比有所变化。")


def _bureau_rate(writer: Writer) -> Trap:
    chance, habit = writer.chance, writer.habit
    plan = Decimal(chance.randint(20000, 90000) * 10000)
    spent = plan * chance.randint(85, 99) / 100
    told = f"全局部门预算支出{habit.amount(spent)}，占全局部门预算{habit.amount(plan)}的{habit.rate(spent / plan)}"
    return Trap("bureau-rate", f"{writer.facts.year}年，{writer.facts.bureau}{told}。")


def _rounded_hundred_millions(writer: Writer) -> Trap:
    chance = writer.chance
    exact = Decimal(chance.randint(11000, 99000))
    told = f"{exact}万元（约{half_up(exact / 10000, 2)}亿元）"
    return Trap("rounded-unit", f"“十四五”以来，{writer.facts.place.name}各级财政累计投入该领域资金{told}。")


def _two_growths(writer: Writer) -> Trap:
    one, other = writer.chance.decimal(8, 30, 1), writer.chance.decimal(2, 7, 1)
    return Trap(
        "two-growths", f"抽查的样本单位业务量同比增长{one}%，同期全{writer.facts.place.level}平均增长{other}%。"
    )


def _self_score(writer: Writer) -> Trap:
    score = min(writer.facts.total + writer.chance.randint(1, 3), Decimal(100))
    return Trap(
        "self-score",
        f"此前，{writer.facts.bureau}报送的单位自评得分为{writer.habit.points(score)}分，评价组在复核后重新打分。",
    )


def _excluded(writer: Writer) -> Trap:
    amount = writer.habit.amount(Decimal(writer.chance.randint(10, 300) * 10000))
    return Trap("excluded", f"另有省级奖励资金{amount}于{writer.facts.year + 1}年到账，不纳入本次评价范围。")


def _advance(writer: Writer) -> Trap:
    chance = writer.chance
    price = Decimal(chance.randint(40, 400) * 10000)
    paid = price * 30 / 100
    told = f"合同金额{writer.habit.amount(price)}，合同签订后支付30%即{writer.habit.amount(paid)}"
    return Trap("instalment", f"以宣传服务为例，{told}，余款在验收后支付。")


def _foreign(writer: Writer) -> Trap:
    return Trap(
        "foreign-money",
        f"部分设备以外币结算，进口设备合同价{writer.chance.decimal(10, 80, 2)}万美元，按付款当日汇率折算支付。",
    )


def _bonus(writer: Writer) -> Trap:
    return Trap("bonus", "评分办法另设加分项，最高加2分，加分不计入总分；本项目未申请加分。")


def _rounded_shares(writer: Writer) -> Trap:
    return Trap("rounded-shares", "受访者年龄分布为：青年占33.33%，中年占33.33%，老年占33.33%，各组人数相同。")


def _above_target(writer: Writer) -> Trap:
    count = writer.chance.randint(100, 900)
    told = f"走访户数应达到{count}户以上，评价组实际走访{count + writer.chance.randint(1, 80)}户"
    return Trap("above-target", f"按照方案，{told}，满足抽样要求。")


def _other_base(writer: Writer) -> Trap:
    funds, habit = writer.facts.funds, writer.habit
    told = f"若以年初预算{habit.amount(funds.budget)}为基数，支出占比为{habit.rate(funds.spent / funds.budget)}"
    return Trap("other-base", f"{told}，与按下达资金计算的比率口径不同。")


def _part_of_sources(writer: Writer) -> Trap:
    chance, habit = writer.chance, writer.habit
    whole = Decimal(chance.randint(900, 9000) * 10000)
    told = (
        f"规划期内总投资估算{habit.amount(whole)}，其中争取上级资金{habit.amount(whole * chance.randint(20, 60) / 100)}"
    )
    return Trap("part-of-sources", f"{told}，其余由地方统筹解决。")


def _other_share(writer: Writer) -> Trap:
    asked = writer.chance.randint(40, 200)
    women = writer.chance.randint(10, asked - 5)
    share = writer.habit.rate(Decimal(women) / asked)
    return Trap("other-share", f"评价组另电话回访{asked}人，其中女性{women}人，占{share}。")


def _half_year(writer: Writer) -> Trap:
    chance, habit = writer.chance, writer.habit
    done = habit.rate(chance.decimal(30, 60, 1) / 100)
    return Trap("half-year", f"截至{writer.facts.year}年6月底，预算执行率为{done}，低于序时进度，下半年加快了支付。")


def _last_satisfaction(writer: Writer) -> Trap:
    share = writer.chance.decimal(80, 97, 2)
    return Trap("last-satisfaction", f"{writer.facts.year - 1}年开展的同类调查中，上年满意度为{share}%。")


def _other_growth(writer: Writer) -> Trap:
    chance = writer.chance
    before = chance.decimal(200, 900, 2)
    now = half_up(before * (1 + chance.decimal(3, 30, 1) / 100), 2)
    rate = writer.habit.rate(now / before - 1)
    return Trap("other-growth", f"同期周边地区同类支出由{before}万元增加到{now}万元，增长{rate}，仅供参考。")


def _sub_project(writer: Writer) -> Trap:
    chance, habit = writer.chance, writer.habit
    plan = Decimal(chance.randint(20, 200) * 10000)
    spent = plan * chance.randint(60, 99) / 100
    told = f"宣传培训子项目预算{habit.amount(plan)}，支出{habit.amount(spent)}，执行率{habit.rate(spent / plan)}"
    return Trap("sub-project", f"{told}，由下属中心具体实施。")


def _capped(writer: Writer) -> Trap:
    plan = writer.chance.randint(10, 40)
    told = f"计划召开调度会{plan}次，实际召开{plan + writer.chance.randint(1, 9)}次"
    return Trap("capped", f"{told}，完成率按100%计算。")


def _rounded_share(writer: Writer) -> Trap:
    whole = writer.chance.randint(60, 300)
    part = writer.chance.randint(whole // 2, whole - 1)
    share = half_up(Decimal(part) * 100 / whole, 0)
    return Trap("rounded-share", f"抽样核对台账{whole}份，其中{part}份要素齐全，占比约{share}%。")


_MAKERS = (
    _contract_score,
    _last_year,
    _bureau_rate,
    _rounded_hundred_millions,
    _two_growths,
    _self_score,
    _excluded,
    _advance,
    _foreign,
    _bonus,
    _rounded_shares,
    _above_target,
    _other_base,
    _part_of_sources,
    _other_share,
    _half_year,
    _last_satisfaction,
    _other_growth,
    _sub_project,
    _capped,
    _rounded_share,
)
