"""Small documents share a task, large ones are alone, and nothing is left out or done twice."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.engines.batches import batches
from pipeline.jobs import IdentifyJob, ProcessJob
from pipeline.state.database import Content

_MEBIBYTE = 1024 * 1024


def _job(size: int, pdf: bool = False) -> ProcessJob:
    return ProcessJob("a.txt", "/a.txt", Content("00" * 32, pdf), size=size)


@given(st.lists(st.integers(0, 20 * _MEBIBYTE)))
def test_every_job_is_in_one_batch_in_its_order(sizes: list[int]) -> None:
    """Whatever their sizes; no batch is empty, and none holds much more than it should."""
    made = list(batches(_job(size) for size in sizes))
    assert [job.size for batch in made for job in batch if isinstance(job, ProcessJob)] == sizes
    for batch in made:
        assert 1 <= len(batch) <= 32
        assert len(batch) == 1 or sum(job.size for job in batch if isinstance(job, ProcessJob)) <= 4 * _MEBIBYTE


def test_a_large_document_is_alone() -> None:
    """Those before and behind it do not wait for it."""
    sizes = [len(batch) for batch in batches([_job(10), _job(9 * _MEBIBYTE), _job(10), _job(10)])]
    assert sizes == [1, 1, 2]


def test_batches_grow_with_the_run() -> None:
    """A short run keeps many nodes busy, a long one does not spend its time on sending."""
    sizes = [len(batch) for batch in batches(_job(1000) for _ in range(3000))]
    assert sizes[0] == 2
    assert max(sizes) == 32


def test_pdfs_may_be_scans() -> None:
    """Reading a page from its image takes seconds: few of them share a task."""
    assert max(len(batch) for batch in batches(_job(1000, pdf=True) for _ in range(200))) <= 4


def test_jobs_of_digesting_are_batches_already() -> None:
    """Each of them is a task."""
    jobs = [IdentifyJob((("a.txt", "/a.txt", None),)) for _ in range(5)]
    assert [len(batch) for batch in batches(jobs)] == [1] * 5
