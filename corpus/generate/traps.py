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
    """None to three traps."""
    fitting = [maker for maker in _MAKERS if maker is not _self_score or writer.facts.kind != "self"]
    makers = writer.chance.some(fitting, writer.chance.of((0, 1, 1, 2, 3)))
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
)
