"""What a stored result depends on is known: a change of any of it makes the result be made again."""

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.readers.settings import DEFAULT, ReadingSettings
from pipeline.state.versions import STAGES, files_of, stage_tags

ROOT = Path(__file__).resolve().parents[2]
# Loaded beside the stages, without a word in their results: who finds files, keeps results and holds limits.
_BESIDE = tuple(f"pipeline/{name}" for name in ("archives/", "state/", "discover.py", "options.py", "remote.py"))
_JUDGE_ONE = """
import sys
from pathlib import Path
from pipeline.process import process
from pipeline.work import yield_of
path = Path("corpus/reports/06_clean_full_report.txt")
yield_of(process(path.name, path.read_bytes()))
print(*sorted(str(module.__file__) for module in sys.modules.values() if getattr(module, "__file__", None)), sep="\\n")
"""


def _known() -> set[str]:
    """All files on which a judged result depends."""
    return {path.relative_to(ROOT).as_posix() for stage in ("read", "understand", "judge") for path in files_of(stage)}


def test_everything_that_judging_loads_is_part_of_its_version() -> None:
    """A result made by older code must not pass for a new one."""
    command = [sys.executable, "-c", _JUDGE_ONE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    loaded = [Path(name).resolve() for name in done.stdout.splitlines() if name.endswith(".py")]
    own = {
        path.relative_to(ROOT).as_posix()
        for path in loaded
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in {"extractors", "normalizers", "pipeline"}
    }
    assert len(own) > 100
    beside = {name for name in own if name.startswith(_BESIDE) or name.endswith("__init__.py")}
    assert own - beside - _known() == set()


@pytest.mark.parametrize("package", ["extractors", "normalizers", "pipeline/checks"])
def test_no_file_of_a_stage_is_left_out(package: str) -> None:
    """Also what is loaded only for some documents, and the data beside the code."""
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in {".md", ".pyc"}
    }
    assert files - _known() == set()


def test_a_change_of_options_changes_every_stage() -> None:
    """What was read otherwise is judged anew."""
    before, after = stage_tags(DEFAULT), stage_tags(ReadingSettings(ocr_seconds=1.0))
    assert all(before[stage] != after[stage] for stage in STAGES)
    assert before == stage_tags(DEFAULT)


def test_the_look_of_the_working_paper_is_no_reason_to_judge_again() -> None:
    """Only what the outputs are written with."""
    page = ROOT / "pipeline" / "writers" / "page.py"
    assert page in set(files_of("write"))
    assert page not in set(files_of("judge"))
