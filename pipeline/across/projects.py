"""One project in several reports (同一项目): which figures differ between reports of one year, how years compare."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from normalizers.names import key
from pipeline.across.corpus import Entry, of_each
from pipeline.across.observation import Observation

_LEAST_NAME = 4  # characters of a folded project name that tell a project
_ALIKE = 92  # per cent, of names
# A place in a project's name, and not 城市, 城镇, 社区, 全县, 县级, which any place has.
_PLACE = re.compile(r"(?<![全各])(?:省|县|州|盟|旗|(?<!城)市|(?<![城乡])镇|(?<![社园地景山小片灌辖])区)(?![级乡域])")
_MOST_OF_ONE_BODY = 200  # projects of one body compared by likeness
_ORDINALS = re.compile(r"[\d一二三四五六七八九十甲乙丙东南西北]+")
_ROLES = {"budget_original": "年初预算", "budget_adjusted": "调整后预算", "arrived": "到位", "spent": "支出"}
_KINDS = {"external_evaluation": "评价", "self_evaluation": "自评", "overall_expenditure": "整体支出评价"}
_MOST_FIGURES = 8  # named in one message

Figures = dict[str, tuple[str, str]]  # name of a figure -> (value compared, value and place shown)


def same_projects(folder: Path, reports: Sequence[Entry]) -> Iterator[Observation]:
    """What the reports of each project say differently, and its scores over the years."""
    groups = [group for group in _groups(reports) if len(group) > 1]
    wanted = {entry.place: entry for group in groups for entry in group}
    figures = _figures(folder, wanted)
    for group in groups:
        for at, one in enumerate(group):
            for other in group[at + 1 :]:
                if _same_year(one, other) and one.report_id != other.report_id:
                    yield from _differing(one, other, figures)
        yield from _years(group)


def _groups(reports: Sequence[Entry]) -> list[list[Entry]]:
    """The reports of each project, in order: equal names of one body, or nearly equal ones."""
    found: dict[str, list[list[Entry]]] = defaultdict(list)
    by_body: dict[str, list[list[Entry]]] = defaultdict(list)
    every: list[list[Entry]] = []
    for entry in reports:
        if len(entry.project) < _LEAST_NAME:
            continue
        home = next((group for group in found[entry.project] if _one_body(group[0], entry)), None)
        if home is None and entry.body:
            near = by_body[entry.body][:_MOST_OF_ONE_BODY]
            home = next((group for group in near if _one_name(group[0].project, entry.project)), None)
        if home is None:
            home = []
            every.append(home)
            found[entry.project].append(home)
            if entry.body:
                by_body[entry.body].append(home)
        home.append(entry)
    return every


def _one_body(one: Entry, other: Entry) -> bool:
    """Whether two bodies are one; where one is not stated, a project that is named after its place will do."""
    if not one.body or not other.body:
        return bool(_PLACE.search(one.project))
    return one.body in other.body or other.body in one.body


def _one_name(one: str, other: str) -> bool:
    """Whether two project names are one: nearly equal, and every ordinal in them the same (一期, 二期)."""
    return _ORDINALS.findall(one) == _ORDINALS.findall(other) and fuzz.ratio(one, other) >= _ALIKE


def _same_year(one: Entry, other: Entry) -> bool:
    return bool(set(one.years) & set(other.years))


def _figures(folder: Path, wanted: Mapping[tuple[str, int], Entry]) -> dict[tuple[str, int], Figures]:
    """What each wanted report states once: its amounts by role and item, its indicators' targets and actuals."""
    found: dict[tuple[str, int], Figures] = defaultdict(dict)
    if not wanted:
        return found
    for entry, rows in of_each(folder, "amounts", wanted):
        stated = [(_amount_name(row), row["yuan"], f"{row['printed']}{_unit(row)}", row["evidence"]) for row in rows]
        found[entry.place] |= _single(one for one in stated if one[0] and one[1])
    for entry, rows in of_each(folder, "indicators", wanted):
        stated = [
            (f"指标“{row['name']}”{name}", row[field], row[field], row["evidence"])
            for row in rows
            for field, name in (("target", "目标值"), ("actual", "实际值"))
            if row[field] and re.search(r"\d", row[field])
        ]
        found[entry.place] |= _single(stated)
    return found


def _amount_name(row: Mapping[str, Any]) -> str:
    """What an amount is of; '' for other roles and for items without a name of their own."""
    role = _ROLES.get(row["role"])
    item = key(row["item"])
    return f"“{row['item']}”{role}" if role and len(item) >= _LEAST_NAME else ""


def _unit(row: Mapping[str, Any]) -> str:
    return "" if row["printed"].endswith(row["unit"]) else str(row["unit"])


def _single(stated: Iterable[tuple[str, str, str, Any]]) -> Figures:
    """The figures that a report states with one value only: of the others it is not known which is meant."""
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for name, value, shown, evidence in stated:
        place = evidence[0] if evidence else None
        where = "" if place is None else _where(place)
        values[name].setdefault(re.sub(r"\s", "", value), f"{shown}{where}")
    return {name: next(iter(given.items())) for name, given in values.items() if len(given) == 1}


def _where(place: Mapping[str, Any]) -> str:
    if place["page"] is not None:
        return f"（第 {place['page']} 页）"
    return f"（第 {place['line']} 行）" if place["line"] is not None else ""


def _differing(one: Entry, other: Entry, figures: Mapping[tuple[str, int], Figures]) -> Iterator[Observation]:
    """What two reports of one project and year state differently."""
    left, right = figures.get(one.place, {}), figures.get(other.place, {})
    told = [
        (name, f"{left[name][1]} 与 {right[name][1]}")
        for name in left
        if name in right and left[name][0] != right[name][0]
    ]
    if one.total is not None and other.total is not None and one.total != other.total:
        told.insert(0, (f"总分（{_KINDS[one.kind]}与{_KINDS[other.kind]}）", f"{one.total} 与 {other.total}"))
    if told:
        shown = "；".join(f"{name}：{values}" for name, values in told[:_MOST_FIGURES])
        more = f"；等 {len(told)} 项" if len(told) > _MOST_FIGURES else ""
        years = "、".join(map(str, sorted(set(one.years) & set(other.years))))
        yield Observation(
            "figures-differ",
            f"同一项目同一年度的两份报告有 {len(told)} 项数字不同",
            f"“{one.title}”{years} 年度的两份报告（{_name(one)}与{_name(other)}）：{shown}{more}。"
            f"口径可能不同，宜核对。",
            (one, other),
            figures=tuple(told[:_MOST_FIGURES]),
        )


def _name(entry: Entry) -> str:
    return entry.source + (f"第 {entry.part} 份" if entry.part > 1 else "")


def _years(group: Sequence[Entry]) -> Iterator[Observation]:
    """The scores of a project over several years."""
    scored = [entry for entry in group if entry.years and entry.total is not None]
    if len({entry.years for entry in scored}) < 2:
        return
    ordered = sorted(scored, key=lambda entry: (entry.years, entry.number))
    told = [("、".join(map(str, one.years)), f"{one.total} {one.grade}".strip()) for one in ordered]
    yield Observation(
        "same-project",
        f"同一项目有 {len({entry.years for entry in scored})} 个年度的报告",
        f"“{ordered[0].title}”：" + "；".join(f"{year} 年度 {value}" for year, value in told) + "。",
        ordered,
        figures=tuple(told[:_MOST_FIGURES]),
    )
