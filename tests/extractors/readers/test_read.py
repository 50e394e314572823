"""The door of reading: bytes of any file become a document or a clear refusal."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import DocumentRefused
from extractors.pages import Document
from extractors.readers.read import read
from extractors.readers.text import PlainText

TEXT = "银杏县绩效评价报告\n\n综合得分 **90** 分\n\f第二页\n"


def test_a_text_becomes_pages_of_numbered_lines() -> None:
    """Lines keep their numbers, pages follow form feeds, `raw` is set only where cleaning changed something."""
    document = read("a/b.txt", TEXT.encode())
    assert document.source == "a/b.txt"
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.media_type == "text/plain"
    assert [page.number for page in document.pages] == [1, 2]
    assert [(line.number, line.text, line.raw, line.page) for line in document.lines if line.text] == [
        (1, "银杏县绩效评价报告", None, None),
        (3, "综合得分 90 分", "综合得分 **90** 分", None),
        (4, "第二页", None, None),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t\n\xe3\x80\x80\n", "no-text"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"word/document.xml" + b"\x00" * 200, "unsupported-docx"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"xl/workbook.xml" + b"\x00" * 200, "unsupported-xlsx"),
        (b"PK\x03\x04" + b"\x00" * 26 + b"readme.txt" + b"\x00" * 200, "unsupported-zip"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "unsupported-image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 50, "unsupported-ole"),
        (b"{\\rtf1\\ansi", "unsupported-rtf"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 50, "unsupported-program"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08" * 200, "binary-content"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_remedy(data: bytes, code: str) -> None:
    """Each refusal has a stable code and says in Chinese what to do."""
    with pytest.raises(DocumentRefused) as refused:
        read("x.txt", data)
    assert refused.value.code == code
    assert "请" in refused.value.message
    assert not refused.value.failed


def test_a_file_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file larger than any report is refused before it is decoded."""
    monkeypatch.setattr(PlainText, "max_bytes", 1000)
    with pytest.raises(DocumentRefused) as refused:
        read("x.txt", b"x" * 1001)
    assert refused.value.code == "file-too-large"


def test_html_on_one_line_is_parted_into_blocks() -> None:
    """Paragraphs and tables of one long line become lines of their own with the same number; scripts go."""
    head = "<html><head><title>t</title></head><body><script>var a=1;</script>"
    page = f"{head}<p>甲段。</p><p>乙段。</p><table><tr><td>丙</td></tr></table>丁</body></html>"
    lines = [line for line in read("x.html", page.encode()).lines if line.text.strip()]
    assert [line.text for line in lines] == ["甲段。", "乙段。", "<table><tr><td>丙</td></tr></table>", "丁"]
    assert {line.number for line in lines} == {1}


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    """Reading never breaks down otherwise."""
    try:
        document = read("x", data)
    except DocumentRefused as refused:
        assert refused.code
    else:
        assert isinstance(document, Document)
