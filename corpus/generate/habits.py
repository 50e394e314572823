"""How one report is printed (习惯): column heads, decimals, units, grades, numbering, layout of tables."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.generate.chance import Chance, half_up

Layout = Literal["pipe", "pipe-bare", "tab", "html", "html-line", "cells", "cells-tab", "aligned"]
Reach = Literal["full", "full", "leaf", "level1", "prose"]
LAYOUTS: tuple[Layout, ...] = ("pipe", "pipe-bare", "tab", "html", "html-line", "cells", "cells-tab", "aligned")
_WEIGHTS = ("分值", "权重", "标准分", "满分", "标准分值", "指标分值", "权重（分）", "分值（分）")
_SCORES = ("得分", "评价得分", "实际得分", "评分", "最终得分", "得分（分）")
_TARGETS = (("目标值", "完成值"), ("年度指标值", "实际完成值"), ("计划值", "实际值"), ("指标值", "全年实际完成值"))
_COMMENTS = ("评分说明", "扣分原因", "备注", "得分说明", "评价情况")
_SCALES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("优", 90), ("良", 80), ("中", 60), ("差", 0)),
    (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0)),
    (("优秀", 90), ("良好", 80), ("一般", 60), ("较差", 0)),
    (("优秀", 90), ("良好", 80), ("中等", 70), ("合格", 60), ("不合格", 0)),
    (("优", 95), ("良", 85), ("中", 70), ("差", 0)),
)
_NUMBERINGS = (
    ("{c}、", "（{c}）", "{n}.", "（{n}）"),
    ("{c}、", "（{c}）", "{n}、", "（{n}）"),
    ("{c}、", "（{c}）", "{n}．", "{o}"),
    ("{c}、", "({c})", "{n}.", "({n})"),
    ("{n} ", "{p}.{n} ", "（{n}）", "{o}"),
    ("第{c}部分 ", "{c}、", "（{c}）", "{n}."),
)
CHINESE = ("零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十")
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
UNITS = {"元": Decimal(1), "万元": Decimal(10000), "亿元": Decimal(100000000)}


def chinese(number: int) -> str:
    """A number from 0 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    if not tens:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Habit:
    """A report's own way of printing (习惯).

    decimals: of scores; fixed: trailing zeros stay. rate_digits: of per cents. scale: grade and its lowest score,
    best first. reach: how much of the tree the scoring table prints. money: unit of amounts in prose.
    """

    weight: str
    score: str
    target: str
    actual: str
    comment: str
    decimals: int
    fixed: bool
    rate_digits: int
    scale: tuple[tuple[str, int], ...]
    scale_told: bool
    numbering: tuple[str, str, str, str]
    layout: Layout
    reach: Reach
    money: str
    money_digits: int
    thousands: bool
    quotes: tuple[str, str]
    blank_lines: bool
    indent: str
    markdown: bool
    merged: bool
    parents_weighted: bool

    def points(self, value: Decimal) -> str:
        """A score or weight as printed."""
        text = str(half_up(value, self.decimals))
        return text if self.fixed or "." not in text else text.rstrip("0").rstrip(".")

    def full(self, value: Decimal) -> str:
        """A weight as printed; whole numbers bear no decimals."""
        return f"{value.normalize():f}"

    def rate(self, value: Decimal) -> str:
        """A share (1 is the whole) as per cent, half up; 100 % may stand without decimals."""
        percent = half_up(value * 100, self.rate_digits)
        return "100%" if percent == 100 and not self.fixed else f"{percent}%"

    def yuan(self, value: Decimal, unit: str = "") -> str:
        """An amount in 元 printed in the report's unit, or in the one given, without the unit."""
        unit = unit or self.money
        digits = 2 if unit == "元" else self.money_digits
        number = half_up(value / UNITS[unit], digits)
        return f"{number:,}" if self.thousands else f"{number}"

    def amount(self, value: Decimal, unit: str = "") -> str:
        """An amount with its unit."""
        return self.yuan(value, unit) + (unit or self.money)

    def grade(self, total: Decimal) -> str:
        """The grade (等级) of a total."""
        return next(grade for grade, low in self.scale if total >= low)

    def head(self, depth: int, number: int, parent: int = 1) -> str:
        """The number of a heading. depth: 0..3; number: from 1; parent: number of the heading above."""
        circled = _CIRCLED[number] if number < len(_CIRCLED) else f"({number})"
        return self.numbering[depth].format(c=chinese(number), n=number, o=circled, p=parent)


def draw_habit(chance: Chance) -> Habit:
    """One province's or firm's habits."""
    target, actual = chance.of(_TARGETS)
    layout = chance.of(LAYOUTS)
    decimals = chance.of((0, 1, 2, 2, 2))
    scale = chance.of(_SCALES)
    return Habit(
        weight=chance.of(_WEIGHTS),
        score=chance.of(_SCORES),
        target=target,
        actual=actual,
        comment=chance.of(_COMMENTS),
        decimals=decimals,
        fixed=decimals > 0 and chance.maybe(0.5),
        rate_digits=chance.of((1, 2, 2, 2)),
        scale=scale,
        scale_told=scale != _SCALES[0] or chance.maybe(0.6),
        numbering=chance.of(_NUMBERINGS),
        layout=layout,
        reach=chance.of(("full", "full", "full", "leaf", "level1", "prose")),
        money=chance.of(("万元", "万元", "万元", "元")),
        money_digits=chance.of((2, 2, 2, 4)),
        thousands=chance.maybe(0.5),
        quotes=chance.of((("“", "”"), ("“", "”"), ("「", "」"), ("", ""))),
        blank_lines=chance.maybe(0.5) or layout in ("pipe", "html", "html-line"),
        indent=chance.of(("", "", "　　", "    ")) if layout not in ("pipe",) else "",
        markdown=layout in ("pipe", "pipe-bare", "html") and chance.maybe(0.6),
        merged=chance.maybe(0.7),
        parents_weighted=chance.maybe(0.5),
    )
