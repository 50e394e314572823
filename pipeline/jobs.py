"""What workers do (任务): digest files, unpack an archive, take one content through the stages; results go to disk."""

import errno
import hashlib
import time
from collections.abc import Callable
from dataclasses import field, replace
from pathlib import Path
from typing import TypeVar

from extractors.errors import DocumentRefused
from extractors.frozen import frozen
from extractors.readers.settings import ReadingSettings
from pipeline.archives.model import ArchiveKind, Unpacked
from pipeline.archives.unpack import unpack
from pipeline.discover import unreadable
from pipeline.intake import Identity, identify, read_bytes
from pipeline.options import ArchiveLimits, Limits
from pipeline.remote import at_hand, is_address
from pipeline.state.database import Content
from pipeline.state.pickling import dumps, loads
from pipeline.state.segments import DamagedError, Place, SegmentReader, SegmentWriter
from pipeline.state.versions import Stage
from pipeline.work import Yield, guarded, yield_of
from pipeline.workers import tell_alive

T = TypeVar("T")
SEGMENTS = "segments"


@frozen
class IdentifyJob:
    """Some files to digest (识别). files: (source, path, stamp)."""

    files: tuple[tuple[str, str, str | None], ...]


@frozen
class UnpackJob:
    """An archive to unpack into `folder` (解压)."""

    sha256: str
    kind: ArchiveKind
    source: str
    path: str
    folder: str


@frozen
class ProcessJob:
    """A content to process (处理).

    kept: what earlier runs kept of its stages, which need not be done again. size: in bytes, a guess where unknown.
    """

    source: str
    path: str
    content: Content
    kept: dict[Stage, Place] = field(default_factory=dict)
    size: int = 0


@frozen
class Done:
    """What processing gave (处理结果).

    content: of the bytes that were read, which may have changed since they were found. places: stage → its result.
    seconds: stage → how long it took. refusal: the file could not be read at all. failure: why there is no result,
    where that lies in the limits and not in the content. results: stage → its result, where whoever gave the job
    stores it. status, code: as the ledger line says, empty where there is none.
    """

    content: Content
    places: dict[Stage, Place] = field(default_factory=dict)
    seconds: dict[Stage, float] = field(default_factory=dict)
    refusal: DocumentRefused | None = None
    failure: DocumentRefused | None = None
    results: dict[Stage, bytes] = field(default_factory=dict)
    status: str = ""
    code: str = ""


Job = IdentifyJob | UnpackJob | ProcessJob
Answer = tuple[Identity, ...] | Unpacked | Done


def mark(content: Content) -> str:
    """What stands in a stored result for the source, which is not the content's: a text that cannot stand in it."""
    return f"\ue000{content.sha256}\ue001" + (".pdf" if content.pdf else "")


def fresh_may_differ(answer: Answer) -> bool:
    """Whether a worker without history may get further: where memory ran out."""
    return isinstance(answer, Done) and answer.failure is not None


class Task:
    """What a worker does with a job (工作内容).

    segments: folder of results, or their address. stores: whether results go there, or back to whoever gave the job.
    """

    def __init__(
        self,
        segments: Path | str,
        limits: Limits,
        settings: ReadingSettings,
        archives: ArchiveLimits,
        stores: bool = True,
    ) -> None:
        self._segments = segments
        self._stores = stores
        self._limits = limits
        self._settings = replace(settings, page_read=tell_alive)
        self._archives = archives
        self._writers: dict[Stage, SegmentWriter] = {}

    def __call__(self, job: Job) -> Answer:
        """Do it. Raises OSError where the disk of the state is full."""
        if isinstance(job, IdentifyJob):
            return tuple(identify(path, self._limits) for _, path, _ in job.files)
        if isinstance(job, UnpackJob):
            return self._unpack(job)
        try:
            return self._process(job)
        except MemoryError:  # outside the stages, as where a result is packed
            return Done(job.content, failure=DocumentRefused("memory-limit", "", failed=True))

    def _unpack(self, job: UnpackJob) -> Unpacked:
        """Unpack an archive, fetched first where it lies elsewhere."""
        folder = Path(job.folder)
        try:
            with at_hand(job.path, folder.parent) as path:
                return unpack(path, job.kind, job.source, folder, self._archives)
        except OSError as error:
            if not is_address(job.path) or error.errno != errno.EIO:
                raise
            return Unpacked((), unreadable(error))

    def _process(self, job: ProcessJob) -> Done:
        """Take one content through the stages that were not done before."""
        try:
            data = read_bytes(job.path, self._limits)
        except DocumentRefused as refusal:
            return Done(job.content, refusal=refusal)
        content = Content(hashlib.sha256(data).hexdigest(), job.content.pdf)
        passage = _Passage(data, content, job.kept if content == job.content else {}, self._segments, self._settings)
        done = guarded(mark(content), content.sha256, self._limits, passage.judged)
        failure = None
        if done.code == "memory-limit":
            failure = DocumentRefused(done.code, "", failed=True)
        else:
            passage.results["judge"] = dumps(done)
        told = Done(content, {}, passage.seconds, failure=failure, status=done.status, code=done.code)
        if not self._stores:
            return replace(told, results=passage.results)
        places = {stage: self._writer(stage).append(result) for stage, result in passage.results.items()}
        return replace(told, places=places)

    def _writer(self, stage: Stage) -> SegmentWriter:
        """Where this worker puts results of a stage."""
        if stage not in self._writers:
            self._writers[stage] = SegmentWriter(Path(self._segments), stage)
        return self._writers[stage]


class _Passage:
    """One content on its way through the stages. results: stage → what is to be kept. seconds: stage → time."""

    def __init__(
        self, data: bytes, content: Content, kept: dict[Stage, Place], segments: Path | str, settings: ReadingSettings
    ) -> None:
        self.results: dict[Stage, bytes] = {}
        self.seconds: dict[Stage, float] = {}
        self._data = data
        self._content = content
        self._kept = kept
        self._segments = segments
        self._settings = settings

    def judged(self) -> Yield:
        """The records. Raises whatever a stage raises."""
        from pipeline import process as stages

        read = lambda: stages.read_document(mark(self._content), self._data, self._settings)  # noqa: E731
        understood = lambda: stages.understand(self._stage("read", read))  # noqa: E731
        understanding = self._stage("understand", understood)
        return self._timed("judge", lambda: yield_of(stages.judge(understanding)))

    def _stage(self, stage: Stage, make: Callable[[], T]) -> T:
        """What a stage gave before, or gives now."""
        if stage in self._kept:
            try:
                with SegmentReader(self._segments) as reader:
                    found: T = loads(reader.load(self._kept[stage]))
                    return found
            except DamagedError:
                pass  # made again
        value = self._timed(stage, make)
        self.results[stage] = dumps(value)
        return value

    def _timed(self, stage: Stage, make: Callable[[], T]) -> T:
        """Call, and note the time, that of the stages below left out."""
        began, below = time.perf_counter(), sum(self.seconds.values())
        value = make()
        self.seconds[stage] = time.perf_counter() - began - (sum(self.seconds.values()) - below)
        return value
