"""Invented places, bodies, firms and people (地名、单位、机构)."""

from dataclasses import dataclass

from corpus.generate.chance import Chance

_FIRST = "岚澜泠霁墨枫砚汀棠雾栎桁澄蔚芷栩淞湄沅昀珩璟筠蓼苕荻葭菡"
_SECOND = "渊岑川汀浦塬陂屿泽坪溪湾岭峪原洲浜庄"
_TOWN = "上下东西南北双石金青白大小"
_TOWN_END = ("桥镇", "塘镇", "坝乡", "坊镇", "渡乡", "堡镇", "湖镇", "井乡")
_PROVINCES = "岚澜泠霁枫汀棠栎澄淞"
_FIRMS = (
    "会计师事务所（普通合伙）",
    "会计师事务所有限公司",
    "工程咨询有限公司",
    "管理咨询有限公司",
    "绩效评价有限公司",
)
_MARKS = ("明析", "正衡", "博询", "恒远", "中诺", "华衡", "信桥", "致用", "同序", "百川", "立诚", "瑞则")


@dataclass(frozen=True, slots=True)
class Place:
    """A county or city (县市). short: as document numbers name it; level: 县, 市 or 区; towns: below it."""

    name: str
    short: str
    level: str
    province: str
    towns: tuple[str, ...]


def draw_place(chance: Chance) -> Place:
    """A place that does not exist."""
    first = chance.of(_FIRST)
    level = chance.of("县县市市区")
    towns: list[str] = []
    while len(towns) < 8:
        town = chance.of(_TOWN) + chance.of(_SECOND[5:]) + chance.of(_TOWN_END)[-1]
        if town not in towns:
            towns.append(town)
    return Place(first + chance.of(_SECOND) + level, first, level, chance.of(_PROVINCES) + "西省", tuple(towns))


def draw_firm(chance: Chance, place: Place) -> str:
    """An evaluating firm (第三方机构)."""
    return place.name[:2] + chance.of(_MARKS) + chance.of(_FIRMS)
