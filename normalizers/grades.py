"""Grade scales (等级标准): the report's own first, else the national one."""

import re
from decimal import Decimal

from extractors.rows.model import Statement
from normalizers.numbers import parse
from normalizers.records import GradeBand

# 财预〔2020〕10号第十八条: 90（含）-100 优, 80（含）-90 良, 60（含）-80 中, below 60 差.
NATIONAL = (
    GradeBand("优", Decimal(90), Decimal(100), "national", high_included=True),
    GradeBand("良", Decimal(80), Decimal(90), "national"),
    GradeBand("中", Decimal(60), Decimal(80), "national"),
    GradeBand("差", None, Decimal(60), "national"),
)
_SAME = {
    "优秀": "优", "优": "优", "优良": "优良", "良好": "良", "良": "良", "中": "中", "中等": "中", "一般": "中",
    "合格": "中", "及格": "中", "差": "差", "较差": "差", "不合格": "差", "不及格": "差", "低": "低",
}  # fmt: skip


_SUFFIX = re.compile(r"(?<=[A-E+-])[级等档]$")  # `B级` is `B`
_LETTER = re.compile(r"[A-E]")


def same_grade(one: str, other: str) -> bool:
    """Whether two printed grades mean one (`优` and `优秀`)."""
    left, right = (_SUFFIX.sub("", grade.strip("“”\"' ")) for grade in (one, other))
    return left == right or _SAME.get(left, left) == _SAME.get(right, right)


def comparable(one: str, other: str) -> bool:
    """Whether two printed grades are of one naming: letters and words (`A` and `优良`) may stand side by side."""
    left, right = (bool(_LETTER.match(grade.strip("“”\"' "))) for grade in (one, other))
    return left == right


def own_scale(statements: list[Statement]) -> tuple[GradeBand, ...]:
    """The bands that a report defines, best first; empty unless they form a scale of at least three grades."""
    bands: dict[str, GradeBand] = {}
    for statement in statements:
        band = _band(statement)
        if band is not None:
            bands.setdefault(band.grade, band)
    if any(not _LETTER.match(grade) for grade in bands):  # letters beside words are another scale
        bands = {grade: band for grade, band in bands.items() if not _LETTER.match(grade)}
    ordered = sorted(bands.values(), key=lambda band: band.low if band.low is not None else Decimal(-1), reverse=True)
    return _upper_grade_takes_its_limit(ordered) if len(ordered) >= 3 else ()


def _band(statement: Statement) -> GradeBand | None:
    grade, low, high = (statement.value(name) for name in ("grade", "low", "high"))
    if grade is None or (low is None and high is None):
        return None
    low_number = parse(low.text) if low else None
    high_number = parse(high.text) if high else None
    return GradeBand(
        grade=grade.text.strip("“”\"' "),
        low=low_number.value if low_number else None,
        high=high_number.value if high_number else None,
        source="report",
        span=statement.span,
        low_included="low-excluded" not in statement.role,
        high_included="high-included" in statement.role,
    )


def _upper_grade_takes_its_limit(bands: list[GradeBand]) -> tuple[GradeBand, ...]:
    """Bands printed `80-89` or `80-90` mean [80, 90): each band reaches up to where the better one begins."""
    closed = []
    above: GradeBand | None = None
    for band in bands:
        high, included = band.high, band.high_included or above is None
        if above is not None and above.low is not None:
            high, included = above.low, not above.low_included
        closed.append(GradeBand(band.grade, band.low, high, "report", band.span, band.low_included, included))
        above = band
    return tuple(closed)


def grade_for(score: Decimal, scale: tuple[GradeBand, ...]) -> str | None:
    """The grade that `score` gets on `scale`, or None where no band holds it."""
    return next((band.grade for band in scale if band.holds(score)), None)
