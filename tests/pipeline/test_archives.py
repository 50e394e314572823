"""Archives give their members and nothing else: no path, link, bomb or password takes them further."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archives.model import Unpacked
from pipeline.archives.names import decoded, leads_outside, settled
from pipeline.archives.sniff import sniff
from pipeline.archives.unpack import unpack
from pipeline.options import MEBIBYTE, ArchiveLimits
from tests.pipeline import archive_files as make

REPORT = "青禾县修渠项目绩效评价报告\n".encode()
MEMBERS = {"年度/甲.txt": REPORT, "乙.txt": b"b", "空.txt": b""}


def _unpack(data: bytes, tmp_path: Path, limits: ArchiveLimits | None = None, name: str = "packed.zip") -> Unpacked:
    """Unpack these bytes below `tmp_path`."""
    path = tmp_path / "input"
    path.write_bytes(data)
    kind = sniff(data[: 64 * 1024], data[-64 * 1024 :])
    assert kind is not None, "no archive"
    return unpack(path, kind, f"sub/{name}", tmp_path / "state" / "unpacked", limits or ArchiveLimits())


def _contents(found: Unpacked, tmp_path: Path) -> dict[str, bytes]:
    """Name → bytes of the members that were unpacked."""
    folder = tmp_path / "state" / "unpacked"
    return {m.name: (folder / str(m.position)).read_bytes() for m in found.members if m.position is not None}


def _codes(found: Unpacked) -> dict[str, str]:
    """Name → code of the members that were refused."""
    return {member.name: member.refusal.code for member in found.members if member.refusal is not None}


MAKERS: dict[str, Callable[[Path], bytes]] = {
    "zip": lambda _: make.zip_of(MEMBERS),
    "zip with GBK names": lambda _: make.zip_of(MEMBERS, gbk=True),
    "tar": lambda _: make.tar_of(MEMBERS),
    "tar.gz": lambda _: make.tar_of(MEMBERS, "w:gz"),
    "tar.bz2": lambda _: make.tar_of(MEMBERS, "w:bz2"),
    "tar.xz": lambda _: make.tar_of(MEMBERS, "w:xz"),
    "7z": lambda folder: make.seven_zip_of(MEMBERS, folder),
}


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_members_come_out_as_they_went_in(maker: Callable[[Path], bytes], tmp_path: Path) -> None:
    """Names in Chinese, bytes unchanged, an empty file included."""
    found = _unpack(maker(tmp_path), tmp_path)
    assert found.fault is None
    assert _contents(found, tmp_path) == MEMBERS


@pytest.mark.parametrize("kind", ["gz", "bz2", "xz"])
def test_a_compressed_file_is_an_archive_of_one(kind: str, tmp_path: Path) -> None:
    """Called as the archive without its suffix."""
    found = _unpack(make.compressed(REPORT, kind), tmp_path, name=f"甲.txt.{kind}")
    assert _contents(found, tmp_path) == {"甲.txt": REPORT}


def test_a_stored_rar_needs_no_tool(tmp_path: Path) -> None:
    """A packed one does, and says which where there is none."""
    found = _unpack(make.stored_rar("a.txt", REPORT), tmp_path)
    assert _contents(found, tmp_path) == {"a.txt": REPORT}


def test_a_packed_rar_without_a_tool_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setenv("PATH", "")
    found = _unpack(make.stored_rar("a.txt", REPORT, method=0x33), tmp_path)
    assert found.fault is not None
    assert found.fault.code == "archive-rar-tool"
    assert "unrar" in found.fault.message


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"])
@pytest.mark.parametrize("pack", [make.zip_of, make.tar_of])
def test_no_path_leads_outside(name: str, pack: Callable[[dict[str, bytes]], bytes], tmp_path: Path) -> None:
    """Such members are refused, the others read; nothing appears but numbered files in the folder."""
    before = set(tmp_path.parent.rglob("*"))
    found = _unpack(pack({name: b"x", "good.txt": b"y"}), tmp_path)
    assert list(_codes(found).values()) == ["archive-unsafe-path"]
    assert _contents(found, tmp_path) == {"good.txt": b"y"}
    new = {path.relative_to(tmp_path) for path in tmp_path.parent.rglob("*") if path not in before}
    assert {str(path) for path in new} == {"input", "state", "state/unpacked", "state/unpacked/1"}
    assert not any(leads_outside(member.name) for member in found.members)


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    """Each gets its line."""
    found = _unpack(make.tar_with_links(), tmp_path)
    assert _codes(found) == {"soft": "archive-link", "hard": "archive-link", "pipe": "archive-special"}
    assert _contents(found, tmp_path) == {"a.txt": b"x"}


BOMBS: dict[str, tuple[Callable[[Path], bytes], ArchiveLimits]] = {
    "ratio of a zip": (lambda _: make.bomb_zip(), ArchiveLimits()),
    "ratio of a stream": (lambda _: make.compressed(b"0" * 64 * MEBIBYTE, "xz"), ArchiveLimits()),
    "ratio of a tar": (lambda _: make.tar_of({"a": b"0" * 64 * MEBIBYTE}, "w:bz2"), ArchiveLimits()),
    "ratio of a 7z": (lambda folder: make.seven_zip_of({"a": b"0" * 64 * MEBIBYTE}, folder), ArchiveLimits()),
    "size": (lambda _: make.tar_of({"a": b"0" * 4096}), ArchiveLimits(unpacked=4000)),
    "count": (lambda _: make.zip_of({f"{n}.txt": b"x" for n in range(40)}), ArchiveLimits(members=30)),
}


@pytest.mark.parametrize(("maker", "limits"), BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused_whole(maker: Callable[[Path], bytes], limits: ArchiveLimits, tmp_path: Path) -> None:
    """By ratio, size and count, while they unfold; nothing of them is read."""
    found = _unpack(maker(tmp_path), tmp_path, limits)
    assert found.fault is not None
    assert (found.fault.code, found.members) == ("archive-bomb", ())


def test_encrypted_members_are_told(tmp_path: Path) -> None:
    """A zip may be encrypted in part: the rest is read."""
    found = _unpack(make.encrypted_zip(), tmp_path)
    assert _codes(found) == {"a.txt": "archive-encrypted"}
    assert _contents(found, tmp_path) == {"b.txt": b"open"}


def test_an_encrypted_7z_is_told(tmp_path: Path) -> None:
    """As a whole."""
    found = _unpack(make.seven_zip_of(MEMBERS, tmp_path, "密码"), tmp_path)
    assert found.fault is not None
    assert found.fault.code == "archive-encrypted"


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "zip with GBK names"])
def test_a_broken_archive_is_told(name: str, tmp_path: Path) -> None:
    """Cut off in the middle: what came before may be read, and the archive says that it is damaged."""
    data = MAKERS[name](tmp_path)
    found = _unpack(data[: min(len(data) * 2 // 3, 1100)], tmp_path)
    assert found.fault is not None or set(_codes(found).values()) == {"archive-damaged"}


@given(st.binary(max_size=300), st.integers(0, 300))
def test_damage_never_escapes(noise: bytes, place: int) -> None:
    """Whatever stands in an archive, unpacking ends with an answer."""
    import tempfile

    for data in (make.zip_of(MEMBERS), make.tar_of({"a": b"x"}), make.compressed(REPORT, "gz")):
        place = max(place, 8)
        broken = data[:place] + noise + data[place + len(noise) :]
        if sniff(broken) is not None:
            with tempfile.TemporaryDirectory() as folder:
                assert isinstance(_unpack(broken, Path(folder)), Unpacked)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (make.zip_of({"a.txt": b"x"}), "zip"),
        (make.zip_of({"word/document.xml": b"x"}), None),
        (make.zip_of({"OFD.xml": b"x"}), None),
        ("BZh绩效评价报告".encode(), None),
        (REPORT, None),
        (b"%PDF-1.7", None),
        (b"", None),
    ],
)
def test_only_archives_are_archives(head: bytes, kind: str | None) -> None:
    """Office documents are zips by build, and documents by what they are."""
    assert sniff(head) == kind


@given(st.text())
def test_a_settled_name_leads_nowhere_else(name: str) -> None:
    """Whatever an archive calls a member, its name is one below the archive, and Unicode."""
    settled_name = settled(name)
    assert settled_name.encode()
    assert not leads_outside(settled_name)
    assert "" not in settled_name.split("/")


def test_names_of_one_archive_are_unique(tmp_path: Path) -> None:
    """The second of a name is numbered."""
    found = _unpack(make.tar_of({"a/b.txt": b"1", "a//b.txt": b"2", "a/./b.txt": b"3"}), tmp_path)
    assert _contents(found, tmp_path) == {"a/b.txt": b"1", "a/b.txt#2": b"2", "a/b.txt#3": b"3"}


@pytest.mark.parametrize("text", ["报告.txt", "plain.txt"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_names_without_an_encoding(text: str, encoding: str) -> None:
    """Are read as what Chinese machines write."""
    assert decoded(text.encode(encoding)) == text
