"""Standard terms, and rows of nothing else."""

import pytest

from extractors.repair.terms import TERMS, letters_in_row


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("一级指标二级指标三级指标分值得分", 6),
        ("二级指标三级指标指标解释和得分", 0),
        ("分值得分", 0),
        ("", 0),
        ("资金来源预算数支出数", 4),
    ],
)
def test_heads_side_by_side_are_a_row(text: str, letters: int) -> None:
    """Three standard terms or more, nothing between them and nothing left over; long terms speak louder."""
    assert letters_in_row(text) == letters


def test_every_term_is_a_phrase() -> None:
    """One letter alone is no term, and a number is the symbol that the language model knows."""
    assert all(len(term) > 1 and not any(letter.isdigit() or letter.isspace() for letter in term) for term in TERMS)
