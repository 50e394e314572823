"""Archives as the inputs they hold (展开压缩包): depth first, in the order of names, within limits over all levels."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from extractors.errors import DocumentRefused
from pipeline.archives.model import Member
from pipeline.jobs import UnpackJob
from pipeline.options import ArchiveLimits
from pipeline.state.database import Content, InputRow, Ledger

UNPACKED = "unpacked"


def folder_of(state: Path, sha256: str) -> Path:
    """Where the members of an archive of these bytes are unpacked to."""
    return state / UNPACKED / sha256


@dataclass(slots=True)
class Expansion:
    """One archive of the corpus with everything inside it (一个压缩包的展开). needed: what must be unpacked first."""

    rows: list[InputRow] = field(default_factory=list)
    needed: dict[str, UnpackJob] = field(default_factory=dict)


class Expander:
    """Expands archives by what the ledger knows of them (展开).

    wanted: archives (SHA-256) whose members must lie unpacked, not only be known.
    """

    def __init__(self, ledger: Ledger, limits: ArchiveLimits, wanted: Callable[[str], bool]) -> None:
        self._ledger = ledger
        self._limits = limits
        self._wanted = wanted
        self._left = 0

    def expand(self, root: InputRow) -> Expansion:
        """Everything inside an archive that lies in the corpus itself."""
        assert root.path is not None, "it lies in the corpus"  # noqa: S101
        self._left = self._limits.members
        expansion = Expansion()
        self._descend(root, root.path, (), expansion)
        return expansion

    def _descend(self, row: InputRow, path: str, above: tuple[UnpackJob, ...], expansion: Expansion) -> None:
        """Note the members of one archive; above: the archives around it, the outermost first."""
        assert row.content is not None, "it was identified"  # noqa: S101
        assert row.archive is not None, "it is an archive"  # noqa: S101
        sha256 = row.content.sha256
        folder = folder_of(self._ledger.folder, sha256)
        chain = (*above, UnpackJob(sha256, row.archive, row.source, path, str(folder)))
        unpacked = self._ledger.unpacked(sha256)
        if unpacked is None or (self._wanted(sha256) and not folder.is_dir()):
            # What lies inside an archive whose members are gone is reached by unpacking that one again first.
            job = next(job for job in chain if job is chain[-1] or not Path(job.folder).is_dir())
            expansion.needed[job.sha256] = job
            return
        for member in unpacked.members:
            self._member(row, member, chain, expansion)

    def _member(self, row: InputRow, member: Member, chain: tuple[UnpackJob, ...], expansion: Expansion) -> None:
        """Note one member, and what is inside it."""
        around = chain[-1]
        source = f"{row.source}/{member.name}"
        self._left -= 1
        refusal = member.refusal
        if member.kind is not None and (len(chain) >= self._limits.depth or self._left <= 0):
            refusal = DocumentRefused("archive-nested", "压缩包嵌套过深或文件过多，未继续展开。请自行解压后放入语料。")
        found = InputRow(
            source,
            content=None if member.sha256 is None else Content.of(source, member.sha256),
            archive=member.kind,
            inside=None if member.position is None else f"{around.sha256}/{member.position}",
            refusal=refusal,
        )
        expansion.rows.append(found)
        if member.kind is not None and refusal is None:
            self._descend(found, str(Path(around.folder) / str(member.position)), chain, expansion)
