"""A whole run: every input gets its ledger line, the outputs are the same bytes, half outputs never appear."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import jsonschema
import pytest

from pipeline.batch import run
from pipeline.options import ExitStatus, Limits, Options
from pipeline.progress import Silent
from pipeline.summary import Summary
from pipeline.work import Yield
from pipeline.writers.jsonlines import read_records
from pipeline.writers.records import KINDS

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus" / "reports"
FILES = {
    "consistency.html",
    "consistency.xlsx",
    "findings.jsonl",
    "findings.parquet",
    "jihe.db",
    *(f"records/{kind}.{suffix}" for kind, _ in KINDS if kind != "findings" for suffix in ("jsonl", "parquet")),
}


def _command(*arguments: object, **environment: str) -> subprocess.Popen[str]:
    """`jihe` as its own process."""
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _digests(folder: Path) -> dict[str, str]:
    """Path below the folder → digest, of every file in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of one run over the sample corpus."""
    out = tmp_path_factory.mktemp("sample")
    process = _command("extract", SAMPLES, "--out", out, "--workers", 2, PYTHONHASHSEED="0")
    text, _ = process.communicate(timeout=300)
    assert process.returncode == ExitStatus.FINDINGS, text
    return out


def test_a_run_writes_every_file_and_nothing_else(sample_run: Path) -> None:
    """CONTRACT.md's list, and no rest of the writing."""
    assert set(_digests(sample_run)) == FILES


def test_two_runs_give_the_same_bytes(sample_run: Path, tmp_path: Path) -> None:
    """Whatever the hash seed and the number of workers, written over an earlier run or not."""
    (tmp_path / "findings.jsonl").write_text("an older run\n", encoding="utf-8")
    process = _command("extract", SAMPLES, "--out", tmp_path, "--workers", 3, PYTHONHASHSEED="4711")
    process.communicate(timeout=300)
    assert _digests(tmp_path) == _digests(sample_run)


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_records_of_the_samples_satisfy_their_schema(kind: str, sample_run: Path) -> None:
    """Every field is there and of its type."""
    schema = json.loads((ROOT / "outputs" / "schema" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for record in islice(read_records(sample_run, kind), 120):
        validator.validate(record)


def test_records_are_sorted_and_complete(sample_run: Path) -> None:
    """By source and part; every file once in the ledger, every report once in the reports."""
    ledger = [record["source"] for record in read_records(sample_run, "ledger")]
    assert ledger == sorted(path.name for path in SAMPLES.iterdir())
    parts = {record["source"]: record["parts"] for record in read_records(sample_run, "ledger")}
    for kind, _ in KINDS:
        keys = [(record["source"], record.get("part") or 0) for record in read_records(sample_run, kind)]
        assert keys == sorted(keys)
    reports = [(record["source"], record["part"]) for record in read_records(sample_run, "reports")]
    assert reports == [(source, part) for source in ledger for part in range(1, parts[source] + 1)]


def test_nothing_tells_of_machine_or_time(sample_run: Path) -> None:
    """No absolute path in what is written."""
    for path in [*sample_run.rglob("*.jsonl"), sample_run / "consistency.html"]:
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert str(sample_run) not in text


def test_findings_point_to_what_they_say(sample_run: Path) -> None:
    """Every finding has evidence, its relations exist, and the likelier wrong one is among its evidence."""
    folded = {}
    for relation in read_records(sample_run, "relations"):
        folded[relation["source"], relation["part"], relation["relation"]] = relation["finding_id"]
    for finding in read_records(sample_run, "findings"):
        assert finding["evidence"]
        assert finding["likelier_wrong"] is None or finding["likelier_wrong"] < len(finding["evidence"])
        for number in finding["relations"]:
            assert folded[finding["source"], finding["part"], number] == finding["finding_id"]


def _report_text() -> str:
    return (SAMPLES / "01_short_external.txt").read_text(encoding="utf-8")


BAD: dict[str, Callable[[Path], object]] = {
    "good.txt": lambda path: path.write_text(_report_text(), encoding="utf-8"),
    "good copy.txt": lambda path: path.write_text(_report_text(), encoding="utf-8"),
    "line\nbreak.txt": lambda path: path.write_text(_report_text(), encoding="utf-8"),
    "长" * 80 + ".txt": lambda path: path.write_text(_report_text(), encoding="utf-8"),
    "empty.txt": lambda path: path.write_bytes(b""),
    "blank.txt": lambda path: path.write_text(" \n\t\r\n\u3000", encoding="utf-8"),
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "nul.txt": lambda path: path.write_bytes(b"\0" * 5000),
    "mixed.txt": lambda path: path.write_bytes(_report_text().encode() + "混合编码的一行\n".encode("gb18030") * 20),
    "huge.txt": lambda path: _sparse(path, 200 * 2**20),
    "endless line.txt": lambda path: path.write_bytes("项目得分".encode() * (50 * 2**20 // 12)),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "english.txt": lambda path: path.write_text("Minutes of the meeting.\n" * 30, encoding="utf-8"),
    "pipe": os.mkfifo,
    "outside": lambda path: path.symlink_to("/etc/hostname"),
    "ring": lambda path: path.symlink_to(path),
}


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


def test_bad_input_costs_only_itself(tmp_path: Path) -> None:
    """Each file one clear ledger line, nothing lost, the good ones read as ever."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, make in BAD.items():
        make(corpus / name)
    options = Options(corpus, tmp_path / "out", workers=2, limits=Limits(seconds=60))
    summary = run(options, Silent())
    ledger = {record["source"]: record for record in read_records(options.out, "ledger")}
    assert set(ledger) == set(BAD)
    for record in ledger.values():
        assert record["code"]
        assert record["status"] == "read" or record["reason"].startswith(f"{record['code']}: ")
    read = {source for source, record in ledger.items() if record["parts"] and record["code"] == "ok"}
    assert read >= {"good.txt", "good copy.txt", "line\nbreak.txt", "长" * 80 + ".txt"}
    for name in ("empty.txt", "blank.txt", "binary.txt", "nul.txt", "huge.txt", "picture.png"):
        assert ledger[name]["status"] in {"refused", "failed"}, name
    assert ledger["huge.txt"]["code"] == "file-too-large"
    assert not any(record["code"] in {"internal-error", "worker-crashed"} for record in ledger.values())
    assert ledger["good.txt"]["sha256"] == ledger["good copy.txt"]["sha256"]
    assert summary.exit_status == ExitStatus.UNREAD


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ([("read", {})], ExitStatus.CLEAN),
        ([("read", {"warning": 3, "info": 1})], ExitStatus.CLEAN),
        ([("read", {"error": 1})], ExitStatus.FINDINGS),
        ([("read", {"decisive": 1})], ExitStatus.FINDINGS),
        ([("partly read", {})], ExitStatus.CLEAN),
        ([("read", {"error": 1}), ("refused", {})], ExitStatus.UNREAD),
        ([("failed", {})], ExitStatus.UNREAD),
    ],
)
def test_exit_status(files: list[tuple[str, dict[str, int]]], expected: ExitStatus) -> None:
    """What was not read outranks what was found."""
    summary = Summary()
    for status, counts in files:
        summary.add(Yield("a.txt", {}, status, "code", 1, counts))
    assert summary.exit_status == expected
