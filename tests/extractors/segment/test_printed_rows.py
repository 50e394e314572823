"""Lines of a column shared out among rows, names of the framework told apart, groups of names nested."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.pages import Line
from extractors.segment.tables.label_groups import Extent, Within, groups_of
from extractors.segment.tables.pieces import PlacedPiece
from extractors.segment.tables.printed_rows import shared_out, standard_names, with_whole_decimals, with_whole_numbers

SIZE, PITCH = 10.0, 14.0
LINE = Line("")


def _column(*texts: str, top: float = 100.0, x0: float = 50.0) -> list[PlacedPiece]:
    """Pieces one below the other; a blank text leaves its line blank."""
    pieces = []
    for index, text in enumerate(texts):
        y = top + index * PITCH
        if text:
            pieces.append(PlacedPiece(text, x0, x0 + SIZE * len(text), y, y + SIZE, LINE, index))
    return pieces


def _texts(shares: list[list[PlacedPiece]] | None) -> list[str]:
    return ["".join(piece.text for piece in share) for share in shares or []]


def _level(line: float, top: float = 100.0) -> float:
    """The height of a figure that stands level with a line (0-based, halves between two)."""
    return top + line * PITCH + SIZE / 2


def _shares(lines: list[PlacedPiece], middles: list[float], begins: bool, ends: bool) -> list[list[PlacedPiece]] | None:
    found = shared_out(lines, middles, begins, ends)
    return None if found is None else found[0]


def test_rows_without_a_blank_between_them_are_told_by_their_figures() -> None:
    """Seven lines in unbroken steps are cells of three, two and two lines around their figures."""
    lines = _column("立项依", "据充分", "性", "立项程", "序规范", "资金到", "位率")
    shares = _shares(lines, [_level(1), _level(3.5), _level(5.5)], True, True)
    assert _texts(shares) == ["", "立项依据充分性", "立项程序规范", "资金到位率", ""]


def test_cells_at_the_top_of_their_rows_are_told_too() -> None:
    """The figures stand level with the first line of each cell."""
    lines = _column("立项依", "据充分", "性", "立项程", "序规范", "资金到", "位率")
    shares = _shares(lines, [_level(0), _level(3), _level(5)], True, True)
    assert _texts(shares)[1:-1] == ["立项依据充分性", "立项程序规范", "资金到位率"]


def test_it_is_told_whether_cells_were_taken_to_stand_at_the_top() -> None:
    """Nobody need read them again with what other columns tell, unless these say something else."""
    lines = _column("立项依", "据充分", "性", "立项程", "序规范", "资金到", "位率")
    centred = shared_out(lines, [_level(1), _level(3.5), _level(5.5)], True, True)
    at_top = shared_out(lines, [_level(0), _level(3), _level(5)], True, True)
    assert centred is not None
    assert at_top is not None
    assert (centred[1], at_top[1]) == (False, True)


def test_what_a_page_break_cut_off_goes_on_with_the_page_before() -> None:
    """The first two lines stand above a cell that is centred without them."""
    lines = _column("工率", "", "按期完", "工率")
    shares = _shares(lines, [_level(2.5)], False, True)
    assert _texts(shares) == ["工率", "按期完工率", ""]


def test_what_begins_above_a_page_break_goes_on_with_the_next_page() -> None:
    """The last line stands below a cell that is centred without it."""
    lines = _column("长效管", "护机制", "居民满")
    shares = _shares(lines, [_level(0.5)], True, False)
    assert _texts(shares) == ["", "长效管护机制", "居民满"]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_centred_cells_of_any_height_are_found_again(heights: list[int]) -> None:
    """Law: cells set around their figures, without any blank between them, come back as they were."""
    lines = _column(*("字" * 3 for _ in range(sum(heights))))
    starts = [sum(heights[:row]) for row in range(len(heights))]
    middles = [_level(start + (height - 1) / 2) for start, height in zip(starts, heights, strict=True)]
    shares = _shares(lines, middles, True, True)
    assert shares is not None
    assert [len(share) for share in shares[1:-1]] == heights


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["产出", "数量", "产出", "质量"], ["产出数量", "产出质量"]),
        (["社会", "效益", "满意", "度"], ["社会效益", "满意度"]),
        (["项", "目", "立", "项", "资", "金", "投", "入"], ["项目立项", "资金投入"]),
        (["产出数量（13", "分）", "产出质量（7", "分）"], ["产出数量（13分）", "产出质量（7分）"]),
        (["河道", "整治"], []),
    ],
)
def test_names_of_the_framework_are_told_apart_without_a_blank_between_them(lines: list[str], names: list[str]) -> None:
    """The fewest names that the lines make; none where other words stand among them."""
    assert _texts(standard_names(_column(*lines))) == names


def test_numbers_beside_a_total_over_two_lines_are_whole() -> None:
    """合 over 计 and 10 over 0 are one row; 10 over 0 elsewhere are two."""
    label = _column("", "合", "计")
    weight = [*_column("", "10", x0=120), *_column("", "", "0", x0=125)]
    other = _column("10", "", "", x0=200)
    assert [piece.text for piece in with_whole_numbers([*label, *weight, *other])] == ["合", "计", "100", "10"]
    assert [piece.text for piece in with_whole_numbers(weight)] == ["10", "0"]


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["100", "%"], ["100%"]),
        (["89.", "70%"], ["89.70%"]),
        (["89", "70%"], ["89", "70%"]),
        (["3.", "款"], ["3.", "款"]),
    ],
)
def test_numbers_that_a_narrow_column_breaks_are_whole(lines: list[str], numbers: list[str]) -> None:
    """A sign or a point alone tells that the other half stands on the next line."""
    upper, lower = lines
    pieces = [*_column(upper, x0=50 - 5 * len(upper)), *_column("", lower, x0=50 - 5 * len(lower))]
    assert [piece.text for piece in with_whole_numbers(pieces)] == numbers


def test_a_name_stands_for_whole_groups_of_the_names_within() -> None:
    """Rows 0 and 1 go on with the page before: a name of another level 1 begins there."""
    rows = [Extent(top, top + 20) for top in range(100, 200, 20)]
    label = Extent(125, 135)
    assert groups_of([label], rows, False, False) == [1]
    within = Within(frozenset({0, 2}), frozenset({(0, 0)}))
    assert groups_of([label], rows, False, False, within) == [2]


def _centred(*texts: str) -> list[PlacedPiece]:
    """Pieces one below the other, at the middle of their column."""
    pieces = _column(*texts)
    for piece in pieces:
        half = (piece.x1 - piece.x0) / 2
        piece.x0, piece.x1 = 100 - half, 100 + half
    return pieces


def test_decimals_go_on_below_where_all_numbers_have_equally_many() -> None:
    """`2,059.9` over `8` is one amount among amounts with two decimals."""
    whole = with_whole_decimals(_centred("1,551.24", "", "2,059.9", "8", "", "3,611.22"))
    assert [piece.text for piece in whole] == ["1,551.24", "2,059.98", "3,611.22"]


def test_scores_with_one_decimal_stay_apart() -> None:
    """`4.5` over `5` are two scores where others have one decimal too."""
    scores = _centred("4.5", "5", "", "3.5", "6.00")
    assert with_whole_decimals(scores) == scores
