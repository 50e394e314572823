"""Files appear whole or not at all."""

from pathlib import Path

import pytest

from pipeline.options import BadUsage
from pipeline.writers.staging import alone, staging


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_success_replaces_files_of_the_same_names(tmp_path: Path) -> None:
    """Files of an earlier run are overwritten, others in the folder stay."""
    (tmp_path / "README.md").write_text("stays", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("old", encoding="utf-8")
    with staging(tmp_path) as folder:
        (folder / "a.jsonl").write_text("new", encoding="utf-8")
        (folder / "records").mkdir()
        (folder / "records" / "b.jsonl").write_text("b", encoding="utf-8")
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == "new"
    assert _names(tmp_path) == ["README.md", "a.jsonl", "records/b.jsonl"]


def test_interruption_changes_nothing(tmp_path: Path) -> None:
    """What stood there stands there still, and no rest is left."""
    (tmp_path / "a.jsonl").write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), staging(tmp_path) as folder:
        (folder / "a.jsonl").write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]


def test_leftovers_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    """The next run cleans up."""
    (tmp_path / ".partial-killed").mkdir()
    with staging(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_two_runs_cannot_share_a_folder(tmp_path: Path) -> None:
    """The second is told, the first goes on."""
    with alone(tmp_path), pytest.raises(BadUsage, match="另一次运行"), alone(tmp_path):
        pytest.fail("both runs hold the folder")
    with alone(tmp_path):
        pass
