"""Every file of a corpus is found once, in order, and nothing outside it."""

import json
import os
import socket
import time
from pathlib import Path
from unittest import mock

import pytest

from extractors.errors import DocumentRefused
from pipeline import discover as module
from pipeline.discover import discover, printable, stamp_of, unreadable


def _codes(corpus: Path, out: Path | None = None) -> dict[str, str]:
    skipped = () if out is None else (out,)
    return {file.source: file.refusal.code if file.refusal else "" for file in discover(corpus, *skipped)}


def test_files_are_called_by_their_path_below_the_corpus(tmp_path: Path) -> None:
    """`/` parts folders; hidden files are inputs too."""
    for name in ("b.txt", "a/2.txt", "a/1.txt", ".hidden", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert sorted(file.source for file in discover(tmp_path)) == [".hidden", "a.txt", "a/1.txt", "a/2.txt", "b.txt"]


def test_a_single_file_is_a_corpus(tmp_path: Path) -> None:
    """Its source is its name."""
    (tmp_path / "一份 报告.txt").write_text("x", encoding="utf-8")
    assert _codes(tmp_path / "一份 报告.txt") == {"一份 报告.txt": ""}


def test_the_output_folder_is_not_read(tmp_path: Path) -> None:
    """Results inside the corpus are not taken for reports, however the folder is spelled."""
    (tmp_path / "out" / "records").mkdir(parents=True)
    (tmp_path / "out" / "findings.jsonl").write_text("{}", encoding="utf-8")
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert _codes(tmp_path, tmp_path / "." / "out") == {"a.txt": ""}


def test_links_are_not_followed(tmp_path: Path) -> None:
    """One line for each, saying where it leads."""
    corpus = tmp_path / "corpus"
    (corpus / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "corpus-two").mkdir()
    (corpus / "real.txt").write_text("x", encoding="utf-8")
    (corpus / "out.txt").symlink_to(tmp_path / "secret.txt")
    (corpus / "beside").symlink_to(tmp_path / "corpus-two")
    (corpus / "sub" / "up").symlink_to(corpus)
    (corpus / "ring1").symlink_to(corpus / "ring2")
    (corpus / "ring2").symlink_to(corpus / "ring1")
    (corpus / "gone").symlink_to(corpus / "nothing")
    (corpus / "twin.txt").symlink_to(corpus / "real.txt")
    assert _codes(corpus) == {
        "real.txt": "",
        "out.txt": "link-outside",
        "beside": "link-outside",
        "sub/up": "link-circular",
        "ring1": "link-circular",
        "ring2": "link-circular",
        "gone": "link-broken",
        "twin.txt": "link-inside",
    }


def test_special_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe would hang a reader."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's path may not be long
        server.bind("sock")
        assert _codes(tmp_path) == {"pipe": "special-file", "sock": "special-file"}


def test_a_folder_that_cannot_be_listed_gets_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are unknown, which is said."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(module.os, "scandir", refuse)
    assert _codes(tmp_path) == {"a.txt": "", "locked/": "folder-unreadable"}


@pytest.mark.parametrize("name", ["a b", " 前后 ", "换\n行", "a" * 255, "引号'\"", "-rf", "\\", "😀"])
def test_odd_names_are_kept(name: str, tmp_path: Path) -> None:
    """They are sources like any other, and JSON can hold them."""
    (tmp_path / name).write_text("x", encoding="utf-8")
    (file,) = discover(tmp_path)
    assert file.source == name
    assert json.loads(json.dumps(file.source, ensure_ascii=False).encode()) == name


def test_names_that_are_no_unicode(tmp_path: Path) -> None:
    """A name in another encoding becomes readable and stays distinct; the file itself can be opened."""
    raw = os.fsencode(tmp_path) + b"/" + "报告".encode("gb18030") + b"\\.txt"
    with open(raw, "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(b"x")
    (found,) = discover(tmp_path)
    assert found.source == "\\xb1\\xa8\\xb8\\xe6\\\\.txt"
    assert Path(found.path).read_bytes() == b"x"


def test_printable_keeps_valid_names() -> None:
    """Only what is no Unicode is escaped."""
    assert printable("报告\\1.txt") == "报告\\1.txt"


def test_deep_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Depth beyond what the system can name ends in a line, not in a crash."""
    monkeypatch.chdir(tmp_path)
    for _ in range(25):
        Path("d" * 200).mkdir()  # the whole path is longer than the system allows
        os.chdir("d" * 200)
    os.chdir(tmp_path)
    assert "path-too-long" in _codes(tmp_path).values()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FileNotFoundError(2, "gone"), "vanished"),
        (PermissionError(13, "no"), "permission-denied"),
        (OSError(36, "File name too long"), "path-too-long"),
        (OSError(5, "Input/output error"), "read-error"),
    ],
)
def test_system_errors_have_codes(error: OSError, code: str) -> None:
    """Each says what its reader can do."""
    refusal = unreadable(error)
    assert isinstance(refusal, DocumentRefused)
    assert (refusal.code, refusal.failed) == (code, True)


def test_a_stamp_changes_with_the_file(tmp_path: Path) -> None:
    """And is not relied on for a file that changed a moment ago."""
    path = tmp_path / "a.txt"
    path.write_text("x", encoding="utf-8")
    assert stamp_of(path.stat()) is None

    def aged(seconds: int) -> os.stat_result:
        status = mock.Mock(st_dev=1, st_ino=2, st_size=3)
        status.st_mtime_ns = status.st_ctime_ns = time.time_ns() // 10**9 * 10**9 - seconds * 10**9
        return status

    assert stamp_of(aged(60)) is not None
    assert stamp_of(aged(60)) != stamp_of(aged(90))
