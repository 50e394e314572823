"""The door of comparing reports (跨报告观察): from the records of a run, what is noticed across its reports."""

from pathlib import Path

from pipeline.across.alike import Wording, alike
from pipeline.across.corpus import entries
from pipeline.across.projects import same_projects
from pipeline.across.scoring import above_limits, uniform_full_marks
from pipeline.work import dump
from pipeline.writers.records import record_path


def observe(folder: Path) -> None:
    """Write the observations on all reports whose records stand below `folder`, in the order of their first report.

    They are no findings: nothing here changes a finding, a severity or the exit status.
    """
    reports = entries(folder)
    found = [
        *same_projects(folder, reports),
        *alike(Wording(folder, reports)),
        *uniform_full_marks(folder, reports),
        *above_limits(reports),
    ]
    # Sorting keeps the order above among observations with the same first report.
    found.sort(key=lambda one: one.reports[0].place)
    with (folder / record_path("observations")).open("wb") as file:
        file.writelines(dump(one.record()) for one in found)
