"""Bytes of every common encoding come out as the same text, and broken ones are told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import DocumentRefused
from extractors.readers.encoding import decode

TEXT = "银杏县2023年度河道清淤项目绩效评价报告\n一、项目概况\n得分率≥90.50%，支出1,234.56万元。\n"
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8, max_size=60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    """UTF-8 with and without mark, GB18030, UTF-16 with and without mark, UTF-32 are all recognised."""
    decoded = decode(TEXT.encode(encoding))
    assert decoded.text == TEXT
    assert decoded.notes == ()


@given(CHINESE, st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]))
def test_chinese_lines_survive_any_encoding(line: str, encoding: str) -> None:
    """Whatever Chinese a file holds, its encoding is found."""
    text = f"绩效评价 2023\n{line}\n"
    assert decode(text.encode(encoding)).text == text


def test_lines_of_two_encodings_are_read_each_in_its_own() -> None:
    """A file joined from two sources is decoded line by line, with a note."""
    data = "第一行是统一码文字。\n第二行也是。\n".encode() + "第三行是国标码文字。\n".encode("gb18030")
    decoded = decode(data)
    assert decoded.text == "第一行是统一码文字。\n第二行也是。\n第三行是国标码文字。\n"
    assert [note.code for note in decoded.notes] == ["mixed-encodings"]


def test_a_broken_byte_costs_one_character_and_leaves_a_note() -> None:
    """A cut character is replaced; the rest of the file is read, and the note names the line."""
    good = "得分为八十八分，等级为良。\n" * 5
    decoded = decode(good.encode() + "资金到位率为".encode() + b"\xe7\x99" + "，较好。\n".encode())
    assert decoded.text.count("\ufffd") == 1
    assert decoded.text.startswith(good)
    (note,) = decoded.notes
    assert note.code == "undecodable-bytes"
    assert "第 6 行" in note.message


def test_nul_bytes_are_left_out_with_a_note() -> None:
    """Single NUL bytes in a text file are dropped and told."""
    decoded = decode((TEXT * 20).encode() + b"\x00\x00\n")
    assert "\x00" not in decoded.text
    assert [note.code for note in decoded.notes] == ["control-characters"]


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500, b"\x89\xab\xcd\xef\x01\x02" * 300],
    ids=["every byte", "counters", "noise"],
)
def test_binary_content_is_refused(data: bytes) -> None:
    """Bytes that are no text are refused under a stable code."""
    with pytest.raises(DocumentRefused) as refused:
        decode(data)
    assert refused.value.code == "binary-content"


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """No sequence of bytes breaks decoding down."""
    try:
        decoded = decode(data)
    except DocumentRefused as refused:
        assert refused.code == "binary-content"
    else:
        assert "\x00" not in decoded.text
