"""Reports and results may lie at an address: the bytes are those of a run over folders, and no secret is told."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from pipeline import remote
from pipeline.batch import run
from pipeline.cli import call
from pipeline.discover import discover
from pipeline.options import BadUsage, ExitStatus, Options
from pipeline.progress import Silent
from pipeline.publish import publish_results
from pipeline.state.elsewhere import settle, sweep
from pipeline.state.parcels import Parcel
from pipeline.state.segments import DamagedError, SegmentReader
from tests.pipeline import archive_files as make
from tests.pipeline.test_batch import ROOT, SAMPLES, _digests

TEXT = (SAMPLES / "01_short_external.txt").read_text(encoding="utf-8")
SECRET = "not-to-be-told"  # noqa: S105 - told to the test server only
needs_s3 = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("s3fs", "moto", "flask", "flask_cors")),
    reason="s3fs or its test server is not installed: make cluster (.ci/run does)",
)


def _fill(corpus: Path) -> None:
    """Reports, an archive with one, and what cannot be read."""
    (corpus / "甲县").mkdir(parents=True)
    for number in range(3):
        (corpus / "甲县" / f"{number}.txt").write_text(TEXT.replace("项目", f"第{number}号项目", 1), encoding="utf-8")
    (corpus / "报送.zip").write_bytes(make.zip_of({"内.txt": TEXT.encode(), "空.txt": b""}))
    (corpus / "z.bin").write_bytes(bytes(range(256)) * 64)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A corpus in a folder, and the results of a run over it."""
    place = tmp_path_factory.mktemp("folders")
    _fill(place / "corpus")
    run(Options(place / "corpus", place / "out", workers=1), Silent())
    return place / "corpus", place / "out"


@pytest.fixture
def memory() -> Iterator[str]:
    """An address that only this process sees, empty."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield "memory://bucket"
    system.store.clear()


def _fetched(address: str, folder: Path) -> Path:
    """What lies at an address, as files."""
    system, root = remote.filesystem(address)
    system.get(root, str(folder), recursive=True)
    return folder


def test_memory_gives_the_bytes_of_folders(folders: tuple[Path, Path], memory: str, tmp_path: Path) -> None:
    """Read there, written there; done again nothing is copied again."""
    corpus, out = folders
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        fsspec.filesystem("memory").pipe(f"/bucket/in/{path.relative_to(corpus).as_posix()}", path.read_bytes())
    options = Options(f"{memory}/in", tmp_path / "work", workers=1, publish=f"{memory}/out")
    run(options, Silent())
    assert _digests(_fetched(f"{memory}/out", tmp_path / "fetched")) == _digests(out)
    assert run(options, Silent()).confirmed
    assert publish_results(tmp_path / "work", tmp_path / ".work.jihe", f"{memory}/out") == 0


def test_what_is_gone_there_is_copied_again(memory: str, tmp_path: Path) -> None:
    """So are files that changed here, and all of them where the address is another."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "a.txt").write_text("a", encoding="utf-8")
    (out / "b.txt").write_text("b", encoding="utf-8")
    assert publish_results(out, tmp_path, memory) == 2
    fsspec.filesystem("memory").rm("/bucket/a.txt")
    assert publish_results(out, tmp_path, memory) == 1
    (out / "b.txt").write_text("bb", encoding="utf-8")
    assert publish_results(out, tmp_path, memory) == 1
    assert publish_results(out, tmp_path, f"{memory}/other") == 2


def test_every_file_below_an_address_is_found_once(memory: str) -> None:
    """With a stamp that changes with it; one file alone is a corpus too."""
    system = fsspec.filesystem("memory")
    for name in ("a.txt", "x/b.txt", "x/y/c.txt"):
        system.pipe(f"/bucket/{name}", b"1")
    found = {file.source: file.stamp for file in discover(memory)}
    assert set(found) == {"a.txt", "x/b.txt", "x/y/c.txt"}
    system.pipe("/bucket/a.txt", b"22")
    assert {file.source: file.stamp for file in discover(memory)}["a.txt"] != found["a.txt"]
    assert [file.source for file in discover(f"{memory}/x/b.txt")] == ["b.txt"]


@pytest.mark.parametrize(
    ("corpus", "told"),
    [
        ("memory://nowhere/at/all", "没有这个地址"),
        (f"s3://key:{SECRET}@bucket/reports", "不要写密码"),
        ("nosuchprotocol://host/reports", "地址"),
    ],
)
def test_addresses_that_do_not_serve(
    corpus: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence with the remedy, and never a secret."""
    assert call(["extract", corpus, "--out", str(tmp_path / "out")]) == ExitStatus.USAGE
    captured = capsys.readouterr()
    assert told in captured.err
    assert SECRET not in captured.err + captured.out
    assert "Traceback" not in captured.err


def test_results_never_land_among_the_reports(tmp_path: Path) -> None:
    """Whichever holds the other."""
    for corpus, publish in (("memory://a", "memory://a/out"), ("memory://a/in", "memory://a"), ("s3://a", "s3://a/")):
        with pytest.raises(BadUsage, match="互相包含"):
            Options(corpus, tmp_path / "out", publish=publish)


def test_results_of_tasks_are_found_again_at_an_address(memory: str, tmp_path: Path) -> None:
    """In any order; what is not used any more is removed, and what is gone counts as damaged."""
    segments = tmp_path / "segments"
    segments.mkdir()
    settle(segments, f"{memory}/segments")
    contents = [bytes([number]) * 1000 * number for number in range(20)]
    used, unused = Parcel("judge"), Parcel("read")
    places = [used.add(content) for content in contents]
    other = unused.add(b"other")
    for parcel in (used, unused):
        parcel.store(f"{memory}/segments")
    for reader in (SegmentReader(segments), SegmentReader(f"{memory}/segments")):
        assert [reader.load(place) for place in reversed(places)] == contents[::-1]
    sweep(segments, {used.name})
    assert SegmentReader(segments).load(places[3]) == contents[3]
    with pytest.raises(DamagedError):
        SegmentReader(segments).load(other)


def test_what_a_store_raises_is_told_by_its_kind_only() -> None:
    """Its text may hold addresses and keys."""
    with pytest.raises(OSError, match="ValueError") as caught, remote.told():
        raise ValueError(SECRET)
    assert SECRET not in str(caught.value)


@needs_s3
@pytest.mark.parametrize("engine", ["local", "ray"])
def test_s3_gives_the_bytes_of_folders(folders: tuple[Path, Path], engine: str, tmp_path: Path) -> None:
    """Read from one bucket, written to another, on a test server of this machine; a cluster keeps its results there."""
    if engine == "ray":
        pytest.importorskip("ray", reason="Ray is not installed: make cluster (.ci/run does)")
    from moto.server import ThreadedMotoServer

    corpus, out = folders
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        keys = {"key": "jihe", "secret": SECRET, "client_kwargs": {"region_name": "eu-west-1"}}
        system = fsspec.filesystem("s3", endpoint_url=f"http://{host}:{port}", skip_instance_cache=True, **keys)
        system.mkdir(f"reports-{engine}")
        system.mkdir(f"results-{engine}")
        system.put(f"{corpus}/", f"reports-{engine}/2031/", recursive=True)
        environment = {
            **os.environ,
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "jihe",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "eu-west-1",
            "NO_PROXY": "127.0.0.1",
        }
        command = [sys.executable, "-m", "pipeline", "extract", f"s3://reports-{engine}/2031"]
        places = [
            "--out",
            f"s3://results-{engine}/2031",
            "--work",
            str(tmp_path / "work"),
            "--log",
            str(tmp_path / "run.log"),
        ]
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "--engine", engine, *places, "--workers", "2"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == ExitStatus.UNREAD, done.stderr
        assert SECRET not in done.stdout + done.stderr + (tmp_path / "run.log").read_text(encoding="utf-8")
        kept = system.ls(f"results-{engine}/.2031.jihe/segments") if engine == "ray" else []
        assert bool(kept) == (engine == "ray")
        system.get(f"results-{engine}/2031/", f"{tmp_path / 'fetched'}/", recursive=True)
    finally:
        server.stop()
    assert _digests(tmp_path / "fetched") == _digests(out)
