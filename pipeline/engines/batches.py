"""Jobs in batches of the right size (分批): several small documents a task, a large one alone."""

from collections.abc import Iterable, Iterator

from pipeline.jobs import Job, ProcessJob

_MOST = 32  # documents a task
_BYTES = 4 * 1024 * 1024  # of a task; a larger document is alone
_PDF = _BYTES // 4  # what a PDF weighs at least: its pages may have to be read from their images
_GROWTH = 16  # documents sent after which batches may hold one more: short runs, too, keep every node busy


def batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """The jobs in their order, in batches."""
    batch: list[Job] = []
    weight = 0
    for sent, job in enumerate(jobs, 1):
        if batch and weight + _weight(job) > _BYTES:
            yield batch
            batch, weight = [], 0
        batch.append(job)
        weight += _weight(job)
        if weight >= _BYTES or len(batch) >= min(2 + sent // _GROWTH, _MOST):
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _weight(job: Job) -> int:
    """How much work a job is, in bytes of plain text; jobs that are batches already fill a task."""
    if not isinstance(job, ProcessJob):
        return _BYTES
    return max(job.size, _PDF) if job.content.pdf else job.size
