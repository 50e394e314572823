"""A recogniser's marks become those of Chinese print, and doubt about one digit is doubt about the number."""

import pytest

from extractors.readers.pdf.ocr.engine import ReadText
from extractors.readers.pdf.ocr.wording import as_printed, with_document_numbers, with_quotes_in_turn


def _text(text: str, sure: float = 1.0) -> ReadText:
    return ReadText(text, (sure,) * len(text), tuple(map(float, range(len(text)))))


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("项目(一期),共3个", "项目（一期），共3个"),
        ("(2023年度）", "（2023年度）"),
        ("指标1:", "指标1："),
        ("(", "（"),
        ("GB (2018)", "GB (2018)"),
        ("1,234.50", "1,234.50"),
        ("480).00万元", "480.00万元"),
        ("(1,200.00)", "(1,200.00)"),
    ],
)
def test_marks_are_those_of_their_surroundings(read: str, printed: str) -> None:
    """Wide beside Chinese, narrow within numbers and Latin; a stray bracket amid a number is a stain."""
    done = as_printed(_text(read))
    assert done.text == printed
    assert len(done.text) == len(done.confidences) == len(done.places)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("某财发〔2021)12号文件", "某财发〔2021〕12号文件"),
        ("某财发〔2021]第7号", "某财发〔2021〕第7号"),
        ("某财发[2021〕12号", "某财发〔2021〕12号"),
        ("某财发[2021)12号", "某财发〔2021〕12号"),
        ("某财发(2021)12号", "某财发(2021)12号"),
        ("某财发[2021]12号", "某财发[2021]12号"),
        ("数据[2021)12件", "数据[2021)12件"),
        ("[2021)12号", "[2021)12号"),
    ],
)
def test_brackets_of_a_document_number_are_a_pair(read: str, printed: str) -> None:
    """Where they are none, one was misread; a pair of another kind stands as its author wrote it."""
    assert with_document_numbers(read) == printed


def test_the_number_behind_the_year_of_issue_stays_apart() -> None:
    """A closing bracket taken for a round one is no stain amid a number."""
    assert as_printed(_text(with_document_numbers("某财发〔2021)12号"))).text == "某财发〔2021〕12号"


def test_one_doubtful_digit_makes_the_number_doubtful() -> None:
    """Which digit is wrong nobody knows; other numbers of the line keep their certainty."""
    text = "共90.5分和12分"
    sure = [1.0] * len(text)
    sure[text.index("5")] = 0.4
    done = as_printed(ReadText(text, tuple(sure), tuple(map(float, range(len(text))))))
    assert [value for character, value in zip(done.text, done.confidences, strict=True) if character in "90.5"] == [
        0.4
    ] * 4
    assert done.confidences[text.index("12")] == 1.0


def test_a_stray_bracket_leaves_its_doubt_behind() -> None:
    """The number is not silently corrected."""
    text = "480).00"
    sure = (1.0, 1.0, 1.0, 0.5, 1.0, 1.0, 1.0)
    assert set(as_printed(ReadText(text, sure, tuple(map(float, range(7))))).confidences) == {0.5}


@pytest.mark.parametrize(
    ("lines", "turned"),
    [
        (["评为”优", "秀”等级"], ["评为“优", "秀”等级"]),
        (["“甲”与”乙”"], ["“甲”与“乙”"]),
        (["只有”一个"], ["只有”一个"]),
        ([], []),
    ],
)
def test_quotation_marks_come_in_pairs(lines: list[str], turned: list[str]) -> None:
    """Over the lines of a paragraph; where one is missing nothing is guessed."""
    assert with_quotes_in_turn(lines) == turned
