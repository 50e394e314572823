"""Grades in letters are compared as letters, and never with a scale in words."""

from extractors.rows.context import Context
from extractors.rows.statements import read_text
from normalizers.grades import comparable, own_scale, same_grade

_WORDS = "90分以上为优，80-90分为良，60-80分为中，60分以下为差。"
_LETTERS = "95分以上为A级，85-95分为B级，70-85分为C级，70分以下为D级。"


def test_a_letter_is_the_same_grade_with_and_without_its_suffix() -> None:
    """`B级`, `B等` and `B` are one grade; `A+` is not `A`."""
    assert same_grade("B级", "B")
    assert same_grade("“A+级”", "A+")
    assert not same_grade("A+", "A")
    assert not same_grade("A级", "优")


def test_letters_and_words_are_not_compared() -> None:
    """`A（优良）` may be called `优良` elsewhere; letters are compared with letters, words with words."""
    assert comparable("A级", "B")
    assert comparable("优", "良")
    assert not comparable("“A级”", "优良")


def test_a_scale_in_letters_is_a_scale() -> None:
    """Letters alone form the report's own scale; beside words they belong to something else."""
    letters = [band.grade for band in own_scale(read_text(_LETTERS, Context()))]
    both = [band.grade for band in own_scale(read_text(_WORDS, Context()) + read_text(_LETTERS, Context()))]
    assert letters == ["A级", "B级", "C级", "D级"]
    assert both == ["优", "良", "中", "差"]
