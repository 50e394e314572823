"""Many files (批量运行): find, identify, unpack, process, assemble; the next run goes on where this one was stopped."""

import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from errno import EIO, ENOSPC
from pathlib import Path

from extractors.errors import DocumentRefused
from pipeline.across.observe import observe
from pipeline.archives.model import Unpacked
from pipeline.assemble import fingerprint, outputs_stamp, write_formats, write_lines
from pipeline.discover import InputFile, discover
from pipeline.engines.choose import open_engine
from pipeline.engines.engine import Engine
from pipeline.engines.events import log_done, log_refusal, telling_of_run
from pipeline.expand import UNPACKED, Expander, folder_of
from pipeline.intake import Identity
from pipeline.jobs import SEGMENTS, Answer, Done, IdentifyJob, Job, ProcessJob, UnpackJob, mark
from pipeline.options import BadUsage, Options
from pipeline.progress import Progress
from pipeline.publish import publish_results
from pipeline.runlog import RunLog, open_log
from pipeline.state.database import Content, InputRow, Ledger
from pipeline.state.elsewhere import sweep
from pipeline.state.folder import forget, state_folder
from pipeline.state.pickling import dumps
from pipeline.state.segments import DamagedError, Place, SegmentWriter
from pipeline.state.versions import Stage, stage_tags
from pipeline.summary import Summary
from pipeline.work import crashed, out_of_memory, out_of_time, refused
from pipeline.workers import Lost
from pipeline.writers.staging import alone, staging

_FILES, _BYTES = 200, 64 * 1024 * 1024  # of one job of digesting, at most
_NOTED = 1000  # inputs noted at once
_SLOWEST = 5
_ROUNDS = 5  # of processing, where files change while they are read
_ARCHIVES = "archive IS NOT NULL AND path IS NOT NULL AND code IS NULL"


def run(options: Options, progress: Progress) -> Summary:
    """Read the whole corpus and write everything into `options.out`.

    Raises BadUsage where there is nothing to read or `out` is in use; OSError where `out` cannot be written.
    """
    began = time.monotonic()
    if options.database is not None:
        from pipeline.store import check_reachable

        check_reachable(options.database)
    with alone(options.out), open_log(options.log) as log, telling_of_run(log, options):
        folder = state_folder(options.out)
        if options.fresh:
            forget(folder)
        try:
            with Ledger(folder) as ledger:
                summary = _Run(options, folder, ledger, progress, log).go()
        except sqlite3.OperationalError as error:
            if "full" not in str(error):
                raise
            raise OSError(ENOSPC, "No space left on device", str(folder)) from error
        if options.publish is not None:
            publish_results(options.out, folder, options.publish)
        summary.seconds = time.monotonic() - began
        log.event(
            "run-end", seconds=summary.seconds, confirmed=summary.confirmed, summary=json.loads(summary.to_json())
        )
    return summary


class _Run:
    """One run over one corpus (一次运行)."""

    def __init__(self, options: Options, folder: Path, ledger: Ledger, progress: Progress, log: RunLog) -> None:
        self._log = log
        self._options = options
        self._folder = folder
        self._ledger = ledger
        self._progress = progress
        self._tags = stage_tags(options.reading)
        self._stages: dict[Stage, int] = {stage: ledger.tag(stage, tag) for stage, tag in self._tags.items()}
        limits = options.limits
        # What failed for its limits is done until the limits change.
        self._failed = ledger.tag("failed", f"{self._tags['judge']} {limits.seconds} {limits.memory}")
        self._failures = SegmentWriter(folder / SEGMENTS, "failed")
        (folder / SEGMENTS).mkdir(exist_ok=True)

    @property
    def _judged(self) -> tuple[int, int]:
        """The tags under which a finished content is found."""
        return self._stages["judge"], self._failed

    def go(self) -> Summary:
        """All phases."""
        self._find()
        engine = open_engine(self._options, self._folder, self._log)
        try:
            self._identify(engine)
            self._expand(engine, frozenset())
            self._ledger.forget_unseen()
            finished = self._finished()
            if finished is not None:
                return finished
            for _ in range(_ROUNDS):
                self._process(engine)
                try:
                    return self._write()
                except DamagedError:
                    self._ledger.commit()  # that result is forgotten, and made again
            raise OSError(EIO, "stored results are damaged again and again", str(self._folder))
        finally:
            engine.close()

    def _find(self) -> None:
        """Note every file of the corpus."""
        block: list[InputRow] = []
        total = 0
        for file in discover(self._options.corpus, self._options.out, self._folder):
            if file.refusal is not None:
                log_refusal(self._log, file.source, file.refusal)
            block.append(_row(file))
            if len(block) == _NOTED:
                self._ledger.found(block)
                total += len(block)
                block.clear()
                self._progress.phase("find", total, None)
        self._ledger.found(block)
        self._ledger.commit()
        if total + len(block) == 0:
            raise BadUsage(f"{self._options.corpus} 里没有任何文件。请检查路径。")

    def _identify(self, engine: Engine) -> None:
        """Learn the content of every file that is not known from before."""
        total = self._ledger.count(self._unidentified)
        if total:
            self._progress.phase("identify", 0, total)
        jobs: Iterable[Job] = self._identify_jobs()
        while jobs:
            again: list[Job] = []
            for job, answer in engine.run(jobs):
                assert isinstance(job, IdentifyJob)  # noqa: S101 - what was sent
                if isinstance(answer, Lost) and len(job.files) > 1:
                    again.extend(IdentifyJob((file,)) for file in job.files)
                    continue
                self._identified(job, answer)
            jobs = again
        self._ledger.commit()

    @property
    def _unidentified(self) -> str:
        """The condition of inputs whose content is not known yet."""
        return f"content IS NULL AND code IS NULL AND run = {self._ledger.run}"

    def _identify_jobs(self) -> Iterator[Job]:
        """Jobs of digesting, each of some files or of one large one."""
        block: list[InputRow] = []
        size = 0
        for row in self._ledger.inputs(self._unidentified):
            block.append(row)
            size += _size(row)
            if len(block) == _FILES or size >= _BYTES:
                yield _identify_job(block)
                block, size = [], 0
        if block:
            yield _identify_job(block)

    def _identified(self, job: IdentifyJob, answer: Answer | Lost) -> None:
        """Note what some files are."""
        if isinstance(answer, Lost):
            identities: tuple[Identity, ...] = (Identity(None, refusal=self._reason(answer)),)
        else:
            assert isinstance(answer, tuple)  # noqa: S101 - the answer to such a job
            identities = answer
        for (source, path, stamp), identity in zip(job.files, identities, strict=True):
            content = None if identity.sha256 is None else Content.of(source, identity.sha256)
            if identity.refusal is not None:
                log_refusal(self._log, source, identity.refusal)
            row = InputRow(source, path, stamp, content, identity.archive, refusal=identity.refusal)
            self._ledger.put([row])
        self._ledger.commit(now=False)
        self._progress.advance(len(job.files), job.files[-1][0])

    def _expand(self, engine: Engine, wanted: frozenset[str]) -> None:
        """Note what every archive holds. wanted: archives (SHA-256) whose members must lie unpacked."""
        expander = Expander(self._ledger, self._options.archives, wanted.__contains__)
        while True:
            needed: dict[str, UnpackJob] = {}
            for root in self._ledger.inputs(f"{_ARCHIVES} AND run = {self._ledger.run}"):
                expansion = expander.expand(root)
                self._ledger.put(expansion.rows)
                needed |= expansion.needed
            self._ledger.commit()
            if not needed:
                return
            self._progress.phase("unpack", 0, len(needed))
            for job, answer in engine.run(needed.values()):
                assert isinstance(job, UnpackJob)  # noqa: S101 - what was sent
                self._unpacked(job, answer)

    def _unpacked(self, job: UnpackJob, answer: Answer | Lost) -> None:
        """Note what one archive holds."""
        if isinstance(answer, Lost):
            answer = Unpacked((), self._reason(answer))
        assert isinstance(answer, Unpacked)  # noqa: S101 - the answer to such a job
        if answer.fault is not None:
            log_refusal(self._log, job.source, answer.fault)
        Path(job.folder).mkdir(parents=True, exist_ok=True)  # also that of an archive that cannot be unpacked
        self._ledger.keep_unpacked(job.sha256, answer)
        self._ledger.commit(now=False)
        self._progress.advance(1, job.source, answer.fault is not None)

    def _process(self, engine: Engine) -> None:
        """Take every content without a result through the stages."""
        for _ in range(_ROUNDS):
            total = self._ledger.plan(self._judged)
            if total == 0:
                return
            self._expand(engine, frozenset(self._ledger.planned_archives()))
            self._progress.phase("process", 0, total)
            for job, answer in engine.run(map(self._job, self._ledger.planned())):
                assert isinstance(job, ProcessJob)  # noqa: S101 - what was sent
                self._processed(job, answer)
            self._ledger.commit()
        reason = DocumentRefused("changing", "文件在处理过程中不断变化，未能读取。请稍后重新运行。", failed=True)
        self._ledger.put(row._replace(content=None, stamp=None, refusal=reason) for row in self._ledger.planned())

    def _job(self, row: InputRow) -> Job:
        """The job of one content, with what earlier runs kept of it."""
        path = row.path
        if path is None:
            sha256, _, position = str(row.inside).partition("/")
            path = str(folder_of(self._folder, sha256) / position)
        assert row.content is not None, "it was identified"  # noqa: S101
        kept: dict[Stage, Place] = {}
        for stage in ("read", "understand"):
            place = self._ledger.place(self._stages[stage], row.content)
            if place is not None:
                kept[stage] = place
        return ProcessJob(row.source, path, row.content, kept, _size(row))

    def _processed(self, job: ProcessJob, answer: Answer | Lost) -> None:
        """Note what became of one content."""
        if isinstance(answer, Lost):
            self._fail(job.content, self._reason(answer))
            log_refusal(self._log, job.source, self._reason(answer))
        else:
            assert isinstance(answer, Done)  # noqa: S101 - the answer to such a job
            for stage, place in answer.places.items():
                self._ledger.keep(self._stages[stage], answer.content, place)
            self._ledger.timed(answer.content, answer.seconds)
            log_done(self._log, job.source, answer)
            if answer.failure is not None:
                self._fail(answer.content, out_of_memory(self._options.limits))
            if answer.refusal is not None:
                self._ledger.put([InputRow(job.source, job.path, refusal=answer.refusal)])
            elif answer.content != job.content:  # changed after it was found
                self._ledger.put([InputRow(job.source, job.path, content=answer.content)])
        failed = isinstance(answer, Lost) or (isinstance(answer, Done) and answer.failure is not None)
        self._ledger.commit(now=False)
        self._progress.advance(1, job.source, failed)

    def _fail(self, content: Content, reason: DocumentRefused) -> None:
        """Note that a content exceeds the limits, or takes workers down."""
        place = self._failures.append(dumps(refused(mark(content), reason, content.sha256)))
        self._ledger.keep(self._failed, content, place)

    def _reason(self, loss: Lost) -> DocumentRefused:
        """Why a job was not finished."""
        return out_of_time(self._options.limits) if loss.how == "overdue" else crashed()

    def _finished(self) -> Summary | None:
        """The summary of the last run, where the outputs it left are what this run would write."""
        self._print = fingerprint(self._ledger, self._judged, f"{self._tags['write']} {self._options.database}")
        text = self._ledger.note("summary")
        if text is None or self._ledger.note("fingerprint") != self._print or self._ledger.plan(self._judged):
            return None
        if self._ledger.note("outputs") != outputs_stamp(self._options.out):
            return None
        summary = Summary.from_json(text)
        summary.confirmed = True
        return summary

    def _write(self) -> Summary:
        """Write all outputs, and note what they were made from."""
        options, summary = self._options, Summary()
        with staging(options.out) as folder:
            self._progress.phase("write", 0, self._ledger.count())
            write_lines(
                folder, self._ledger, self._judged, summary, lambda done: self._progress.advance(1, done.source)
            )
            observe(folder)
            write_formats(folder, options.database, options.workers, self._progress)
        summary.twice = self._ledger.twice()
        summary.slowest = self._ledger.slowest(_SLOWEST)
        summary.stages = self._ledger.stage_seconds()
        self._tidy()
        self._print = fingerprint(self._ledger, self._judged, f"{self._tags['write']} {options.database}")
        self._ledger.remember("fingerprint", self._print)
        self._ledger.remember("outputs", outputs_stamp(options.out))
        self._ledger.remember("summary", summary.to_json())
        self._ledger.commit()
        return summary

    def _tidy(self) -> None:
        """Remove what no further run needs: results of other versions, members that were unpacked."""
        used = self._ledger.sweep([*self._stages.values(), self._failed])
        for path in (self._folder / SEGMENTS).iterdir():
            if path.name not in used:
                path.unlink()
        sweep(self._folder / SEGMENTS, used)
        shutil.rmtree(self._folder / UNPACKED, ignore_errors=True)


def _row(file: InputFile) -> InputRow:
    """A file as found."""
    return InputRow(file.source, file.path, file.stamp, refusal=file.refusal)


def _size(row: InputRow) -> int:
    """Bytes of a file when it was found; a guess where its stamp is not relied on."""
    return int(row.stamp.split(":")[2]) if row.stamp else _BYTES // _FILES


def _identify_job(block: list[InputRow]) -> IdentifyJob:
    """A job of digesting these files."""
    return IdentifyJob(tuple((row.source, row.path or "", row.stamp) for row in block))
