"""Names printed with their ancestors in one cell (路径式指标名): `投入->预算管理->完整性`, `产出指标/数量指标/面积`."""

import re
from collections.abc import Sequence

from extractors.folded import fold
from extractors.rows.names import is_standard, stem

_ARROW = re.compile(r"\s*(?:-{1,2}>|—{1,2}>|=>|→|⇒|➔|>|»|›)\s*")
_STROKE = re.compile(
    r"\s*(?:/|\\|-{1,2}|—{1,2}|–|\|)\s*"
)  # also part of plain names, so the first part must be a group
_MOST_LEVELS = 3
_MAX_NAME = 60  # characters
_LEAST = 3  # names of a column


def path_parts(name: str) -> list[tuple[int, int]]:
    """Offsets of the names in a cell, outermost first; [] where it prints no path of two or three names."""
    text = fold(name)
    if len(text) > _MAX_NAME:
        return []
    for mark in (_ARROW, _STROKE):
        parts: list[tuple[int, int]] = []
        at = 0
        for found in mark.finditer(text):
            parts.append((at, found.start()))
            at = found.end()
        parts.append((at, len(text)))
        if 1 < len(parts) <= _MOST_LEVELS and all(text[start:end].strip() for start, end in parts):
            return parts if mark is _ARROW or _is_group(text[slice(*parts[0])]) else []
    return []


def names_paths(names: Sequence[str]) -> bool:
    """Whether the names of a column are paths: nearly all of them, and some below the same group."""
    firsts = [name[slice(*parts[0])].strip() for name in names if (parts := path_parts(name))]
    return len(firsts) >= _LEAST and len(firsts) * 4 >= len(names) * 3 and len(set(firsts)) < len(firsts)


def _is_group(text: str) -> bool:
    """Whether a text is the framework's name of a level-1 group."""
    return is_standard(text, 1) or is_standard(f"{stem(text)}指标", 1)
