"""Squeezed text and tokens keep every character's place, whatever blanks a converter put in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.folded import fold
from extractors.pages import Line
from extractors.rows.statements import read_text
from extractors.rows.text import squeeze, tidy
from extractors.rows.tokens import tokenize
from extractors.segment.model import Flow
from tests.extractors.rows.case_files import Case, flow, load, shown

_TEXT = st.text(alphabet="得扣分权重满为共：，。（）()%％８0123456789. \n\t万元亿该指标优良“”≥-一二十", max_size=60)


@settings(deadline=None)
@given(_TEXT)
def test_squeezing_keeps_each_character_and_its_place(text: str) -> None:
    """Every kept character is the folded character at its offset, and only blanks are left out."""
    squeezed = squeeze(flow(text))
    folded = fold(text)
    for position, character in enumerate(squeezed.text):
        original = folded[squeezed.index[position]]
        assert character == original or (character == " " and original.isspace())
    assert squeezed.text.replace(" ", "") == "".join(folded.split())


@settings(deadline=None)
@given(_TEXT)
def test_tokens_cover_the_text_in_order_and_never_overlap(text: str) -> None:
    """Each token stands where its span says, spans ascend, and nothing but blanks lies between them."""
    squeezed = squeeze(flow(text)).text
    tokens = tokenize(squeezed)
    at = 0
    for word, (start, end) in zip(tokens.words, tokens.spans, strict=True):
        assert squeezed[at:start].strip() == ""
        assert start < end and word in (squeezed[start:end], "…")
        at = end
    assert squeezed[at:].strip() == ""


@settings(deadline=None)
@given(_TEXT)
def test_any_text_is_read_without_error(text: str) -> None:
    """Whatever stands in a line, reading it raises nothing and quotes only what is printed."""
    from extractors.rows.context import Context

    for statement in read_text(text, Context()):
        for _, printed in statement.values:
            assert "".join(printed.text.split()) in "".join(text.split())


@pytest.mark.parametrize("case", load("claims.txt")[:20], ids=lambda case: case.text[:20])
def test_blanks_between_characters_change_nothing(case: Case) -> None:
    """A claim reads the same with a blank beside every number, as converters set them."""
    spaced = "".join(f" {character} " if character in "，得为分" else character for character in case.text)
    plain = [shown(statement).replace(" ", "") for statement in read_text(case.text, case.context())]
    assert [shown(statement).replace(" ", "") for statement in read_text(spaced, case.context())] == plain


def test_a_value_stands_on_the_line_where_it_begins() -> None:
    """In text joined from lines, a value's evidence names its own line, not the sentence's first."""
    lines = (Line("该指标满分8分，得", number=10), Line("6分，得分率75%。", number=12))
    joined = Flow(lines[0].text + lines[1].text, (0, len(lines[0].text)), lines)
    squeezed = squeeze(joined)
    at = squeezed.text.index("6分")
    assert squeezed.printed(at, at + 2, 0, len(squeezed.text)).span.line == 12
    assert squeezed.printed(0, 3, 0, len(squeezed.text)).span.line == 10


def test_a_name_loses_blanks_beside_chinese_only() -> None:
    """Blanks that converters put into Chinese words vanish; those between Latin words stay single."""
    assert tidy(" 资金支 出\n率 ") == "资金支出率"
    assert tidy("Open  Day  活动") == "Open Day活动"


def test_hostile_repetition_is_read_in_linear_time() -> None:
    """Texts made of one word over and over, long as a book, cost no more than their length."""
    import time

    from extractors.rows.context import Context

    for word in (
        "评定",
        "折算后",
        "按计",
        "总体评价",
        "得分为",
        "优90-",
        "2023年和",
        "扣1分，",
        "1万",
        "数量指标和",
        "该指标",
    ):
        started = time.process_time()
        read_text(word * (60_000 // len(word)) + "得5分为优", Context())
        assert time.process_time() - started < 8, word


def test_a_long_paragraph_is_cut_behind_stops_and_keeps_its_places() -> None:
    """Pieces of a long flow join to its text, and each knows the line it stands on."""
    from extractors.rows.statements import pieces

    lines = tuple(Line(f"第{number}条内容完整。" * 40, number=number) for number in range(1, 40))
    starts = tuple(sum(len(line.text) for line in lines[:index]) for index in range(len(lines)))
    whole = Flow("".join(line.text for line in lines), starts, lines)
    cut = pieces(whole)
    assert "".join(piece.text for piece in cut) == whole.text
    at = 0
    for piece in cut:
        assert piece.text.endswith("。") and piece.line_at(5) is whole.line_at(at + 5)
        at += len(piece.text)
