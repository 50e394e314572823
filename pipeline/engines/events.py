"""What of a run goes into its log (日志内容): the run, each document from start to end, what workers went through."""

import contextlib
from collections.abc import Iterator

from extractors.errors import DocumentRefused
from pipeline.jobs import Done, Job, ProcessJob
from pipeline.options import Options
from pipeline.runlog import RunLog


@contextlib.contextmanager
def telling_of_run(log: RunLog, options: Options) -> Iterator[None]:
    """Log that a run begins, and what ends it before its time."""
    limits = options.limits
    log.event(
        "run-start",
        engine=options.engine,
        workers=options.workers,
        seconds_limit=limits.seconds,
        memory_limit=limits.memory,
    )
    try:
        yield
    except BaseException as error:
        log.event("run-stopped", error=type(error).__name__)
        raise


def log_job(log: RunLog, event: str, job: Job | None) -> None:
    """Log what became of a job, where it is a document's, or of a worker."""
    if job is None:
        log.event(event)
    elif isinstance(job, ProcessJob):
        log.event(f"document-{event}", source=job.source)


def log_refusal(log: RunLog, source: str, refusal: DocumentRefused) -> None:
    """Log that a file was not read, and why."""
    log.event(
        f"document-{'failed' if refusal.failed else 'refused'}",
        source=source,
        code=refusal.code,
        reason=refusal.message,
    )


def log_done(log: RunLog, source: str, done: Done) -> None:
    """Log what a document came to and how long each stage took."""
    refusal = done.refusal or done.failure
    if refusal is not None:
        log_refusal(log, source, refusal)
        return
    event = f"document-{done.status if done.status in {'refused', 'failed'} else 'end'}"
    seconds = {stage: round(value, 6) for stage, value in done.seconds.items()}
    log.event(event, source=source, sha256=done.content.sha256, status=done.status, code=done.code, seconds=seconds)
