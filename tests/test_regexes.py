"""Every pattern of the packages runs in time linear in its text: reports are hostile input."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants, _parser  # type: ignore[attr-defined]

import pytest

PACKAGES = ("extractors", "normalizers", "pipeline", "corpus")
_MANY = 12  # repetitions from which on a repeat inside a repeat explodes


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each compiled pattern that a module holds by name."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        for info in pkgutil.walk_packages(root.__path__, f"{package}."):
            if info.name.endswith("__main__"):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{info.name}.{name}", value


def explodes(parsed: object, inside: bool = False) -> bool:
    """Whether an unbounded repeat is the whole of a branch of another: `(?:a+)*`, `(?:x|-+)+`."""
    for operation, argument in parsed:  # type: ignore[attr-defined]
        if operation in (_constants.MAX_REPEAT, _constants.MIN_REPEAT):
            _, most, body = argument
            many = most >= _MANY
            if many and inside and len(parsed) == 1:  # type: ignore[arg-type]
                return True
            if explodes(body, inside=many or (inside and len(parsed) == 1)):  # type: ignore[arg-type]
                return True
        elif operation is _constants.BRANCH:
            if any(explodes(branch, inside and len(parsed) == 1) for branch in argument[1]):  # type: ignore[arg-type]
                return True
        elif operation is _constants.SUBPATTERN and explodes(argument[-1], inside and len(parsed) == 1):  # type: ignore[arg-type]
            return True
    return False


@pytest.mark.parametrize("text", [r"(?:-+)*x", r"(?:a|-+|b)*:", r"((?:x{2,}|y)+)z", r"(?:\s*)+"])
def test_the_detector_sees_nested_repeats(text: str) -> None:
    """What backtracks without end is seen."""
    assert explodes(_parser.parse(text))


@pytest.mark.parametrize("text", [r"(?:-|x)*", r"(?:\d{1,3},)*\d+", r"(?:a|-++|b)*:", r"\s*a+\s*"])
def test_the_detector_lets_linear_patterns_pass(text: str) -> None:
    """Possessive repeats and repeats parted by something else are fine."""
    assert not explodes(_parser.parse(text))


def test_no_pattern_repeats_a_repeat() -> None:
    """A cell of sixty dashes must not hang a worker."""
    found = sorted({name for name, pattern in patterns() if explodes(_parser.parse(pattern.pattern, pattern.flags))})
    assert found == []
