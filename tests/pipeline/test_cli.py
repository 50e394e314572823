"""The command answers in Chinese, with the right exit status, and at once."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.cli import call
from pipeline.options import ExitStatus
from tests.pipeline import make
from tests.pipeline.writing import write_lines

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no-such-command"],
        ["extract"],
        ["extract", "--no-such-option"],
        ["extract", "{tmp}", "--workers", "many"],
        ["extract", "{tmp}/full", "--workers", "0", "--out", "{tmp}/out"],
        ["extract", "{tmp}/nothing", "--out", "{tmp}/out"],
        ["extract", "{tmp}/empty", "--out", "{tmp}/out"],
        ["extract", "{tmp}/full", "--out", "{tmp}/full"],
        ["extract", "{tmp}/full", "--out", "{tmp}"],
        ["extract", "{tmp}/full", "--out", "{tmp}/full/a.txt"],
        ["extract", "{tmp}/full", "--out", "/proc/nowhere"],
        ["extract", "{tmp}/full", "--out", "{tmp}/out", "--database", "no such url"],
        ["extract", "{tmp}/full", "--out", "{tmp}/out", "--database", "nosuchdatabase://host/name"],
        ["extract", "{tmp}/full", "--out", "{tmp}/out", "--database", "sqlite:////nowhere/at/all.db"],
        ["check", "{tmp}/nothing.txt"],
        ["check", "{tmp}/full/a.txt", "--passwords", "{tmp}/nothing.txt"],
        ["explain", "f1", "--out", "{tmp}/empty"],
    ],
)
def test_bad_usage(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 3, one sentence, no traceback, and the corpus untouched."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("x", encoding="utf-8")
    assert call([argument.replace("{tmp}", str(tmp_path)) for argument in arguments]) == ExitStatus.USAGE
    captured = capsys.readouterr()
    assert captured.err.strip()
    assert "Traceback" not in captured.err
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["a.txt"]


def test_an_output_folder_that_leads_elsewhere_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link below the output folder would be written through."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "records").symlink_to(tmp_path / "elsewhere")
    assert call(["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]) == ExitStatus.USAGE
    assert "链接" in capsys.readouterr().err
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_fault_of_ours_is_not_taken_for_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Python would exit with 1, which means findings."""
    monkeypatch.setattr("pipeline.batch.run", lambda *_: 1 // 0)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert call(["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out")]) == ExitStatus.BROKEN
    assert "程序内部错误" in capsys.readouterr().err


def test_explain_shows_one_finding_in_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Formula, both places, interval, effect; a beginning of the id is enough."""
    write_lines(tmp_path, make.result(findings=(make.finding("abc123", "decisive"), make.finding("def456"))))
    assert call(["explain", "abc", "--out", str(tmp_path)]) == ExitStatus.CLEAN
    shown = capsys.readouterr().out
    wanted = ("影响结论", "9.00 ÷ 10.00 = 90.00%", "第 30 行", "第 12 行", "等级因此改变", "最小改动", "其他办法")
    for part in wanted:
        assert part in shown
    assert "def456" not in shown


def test_explain_says_when_there_is_no_such_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not silence."""
    write_lines(tmp_path, make.result(findings=(make.finding("abc123"),)))
    assert call(["explain", "zzz", "--out", str(tmp_path)]) == ExitStatus.USAGE
    assert "没有编号以 zzz 开头的疑点" in capsys.readouterr().err


def test_the_terminal_obeys_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences and markup of a report are shown, not run."""
    write_lines(tmp_path, make.result(source="[red]名\x1b[2J.txt", findings=make.hostile_findings()))
    assert call(["explain", "h", "--out", str(tmp_path)]) == ExitStatus.CLEAN
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "[red]名\\x1b[2J.txt" in shown
    assert "<script>" in shown


def test_check_prints_the_findings_of_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    """And writes nothing."""
    status = call(["check", str(ROOT / "corpus" / "reports" / "01_short_external.txt")])
    shown = capsys.readouterr().out
    assert status == ExitStatus.FINDINGS
    assert "÷" in shown
    assert "第 1 份报告" in shown


def test_a_password_opens_an_encrypted_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of those in the file is enough; without it the file is refused and says what would help."""
    pymupdf = pytest.importorskip("pymupdf")
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((72, 72), "青禾县修渠项目会议记录，与绩效无关。", fontname="china-s")
    pdf.save(tmp_path / "a.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="密钥", owner_pw="o")
    (tmp_path / "passwords.txt").write_text("错误\n密钥\n", encoding="utf-8")
    assert call(["check", str(tmp_path / "a.pdf")]) == ExitStatus.UNREAD
    assert "--passwords" in capsys.readouterr().out
    assert call(["check", str(tmp_path / "a.pdf"), "--passwords", str(tmp_path / "passwords.txt")]) == ExitStatus.CLEAN


def test_rules_lists_every_check(capsys: pytest.CaptureFixture[str]) -> None:
    """With formula and tolerance."""
    from pipeline.checks.registry import CHECKS

    assert call(["rules"]) == ExitStatus.CLEAN
    shown = capsys.readouterr().out
    for check in CHECKS:
        assert check.rule in shown
        assert check.tolerance in shown


def test_help_and_version_answer_without_the_stages() -> None:
    """Nothing heavy is loaded: the command is felt to answer at once."""
    program = "import sys; from pipeline.cli import call; call(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    for argument in ("--help", "--version"):
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-c", program, argument], cwd=ROOT, capture_output=True, text=True, check=True
        )
        loaded = {name.partition(".")[0] for name in done.stderr.split()}
        assert loaded.isdisjoint({"spacy", "jieba", "pyarrow", "sqlalchemy", "numpy", "pymupdf"})
        assert done.stdout.strip()


def test_output_cut_off_by_its_reader_is_no_fault() -> None:
    """`jihe rules | head -1`."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "rules"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert time.monotonic() - began < 60
