"""Bytes come from plain files only, and never too many."""

import os
from pathlib import Path

import pytest

from extractors.errors import DocumentRefused
from pipeline.intake import read_bytes
from pipeline.options import Limits

SMALL = Limits(text_bytes=100, pdf_bytes=200)


def _code(path: Path) -> str:
    with pytest.raises(DocumentRefused) as caught:
        read_bytes(str(path), SMALL)
    return caught.value.code


def test_up_to_the_limit(tmp_path: Path) -> None:
    """A file of exactly the limit is read, whole."""
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_bytes(str(tmp_path / "a"), SMALL) == b"x" * 100


def test_too_large_is_told_before_reading(tmp_path: Path) -> None:
    """A sparse file of a terabyte costs nothing."""
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(1 << 40)
    assert _code(tmp_path / "huge") == "file-too-large"


def test_pdf_has_its_own_limit(tmp_path: Path) -> None:
    """Scans are large; the mark may stand a little behind the beginning."""
    (tmp_path / "a.pdf").write_bytes(b"\n\n%PDF-1.7" + b"x" * 150)
    assert len(read_bytes(str(tmp_path / "a.pdf"), SMALL)) == 160


def test_vanished(tmp_path: Path) -> None:
    """Between discovery and reading."""
    assert _code(tmp_path / "gone") == "vanished"


def test_link_put_in_place_is_not_followed(tmp_path: Path) -> None:
    """Neither read nor mistaken for the file."""
    (tmp_path / "target").write_bytes(b"secret")
    (tmp_path / "a").symlink_to(tmp_path / "target")
    assert _code(tmp_path / "a") == "read-error"


def test_pipe_does_not_block(tmp_path: Path) -> None:
    """Nobody writes to it."""
    os.mkfifo(tmp_path / "pipe")
    assert _code(tmp_path / "pipe") == "special-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    """Said as such."""
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "a").chmod(0)
    assert _code(tmp_path / "a") == "permission-denied"
