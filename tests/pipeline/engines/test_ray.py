"""A cluster gives the bytes that this machine gives, also where a node is lost or a document kills its process."""

import importlib.util
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from pipeline.batch import run
from pipeline.cli import call
from pipeline.options import BadUsage, ExitStatus, Options
from pipeline.progress import Silent
from tests.pipeline.test_batch import ROOT, SAMPLES, _digests

needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason="Ray is not installed: pip install -r requirements-cluster.lock (.ci/run does)",
)
TEXT = (SAMPLES / "01_short_external.txt").read_text(encoding="utf-8")
# By default Ray replaces the loopback address by one that other machines reach; a busy machine starts nodes slowly.
LOOPBACK = {
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_raylet_start_wait_time_s": "120",
    "RAY_USAGE_STATS_ENABLED": "0",
}
# In a process of its own: Ray stays in a process once it was there, and a test that fails must not leave a cluster.
SCRIPT = textwrap.dedent("""
    import sys
    from pathlib import Path
    from ray.cluster_utils import Cluster
    from pipeline.batch import run
    from pipeline.options import Options
    from pipeline.progress import Silent

    corpus, out = Path(sys.argv[1]), Path(sys.argv[2])
    node = {"num_cpus": 1, "object_store_memory": 80 * 1024 * 1024, "node_ip_address": "127.0.0.1"}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    doomed = cluster.add_node(**node)

    class Killer(Silent):
        done, processing, killed = 0, False, False
        def phase(self, name, done, total):
            self.processing = name == "process"
        def advance(self, number=1, source="", failed=False):
            self.done += self.processing
            if self.done >= 4 and not self.killed:
                self.killed = True
                cluster.remove_node(doomed, allow_graceful=False)

    killer = Killer()
    try:
        run(Options(corpus, out, engine="ray", address=cluster.address), killer)
        assert killer.killed
    finally:
        cluster.shutdown()
""")


def _fill(corpus: Path, number: int) -> None:
    """Small reports about places that do not exist, a twin, and what cannot be read."""
    (corpus / "甲县").mkdir(parents=True)
    for one in range(number):
        (corpus / "甲县" / f"{one}.txt").write_text(TEXT.replace("项目", f"第{one}号项目", 1), encoding="utf-8")
    (corpus / "副本.txt").write_text(TEXT.replace("项目", "第3号项目", 1), encoding="utf-8")
    (corpus / "z.bin").write_bytes(bytes(range(256)) * 64)


@needs_ray
def test_a_node_killed_in_the_middle_costs_nothing(tmp_path: Path) -> None:
    """Nothing lost, nothing twice, the bytes of a run on this machine."""
    _fill(tmp_path / "corpus", 24)
    run(Options(tmp_path / "corpus", tmp_path / "local", workers=2), Silent())
    environment = {**os.environ, **LOOPBACK, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", SCRIPT, str(tmp_path / "corpus"), str(tmp_path / "ray")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert _digests(tmp_path / "ray") == _digests(tmp_path / "local")


def test_without_ray_the_remedy_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One Chinese sentence, before anything is read or written."""
    monkeypatch.setattr("pipeline.engines.ray.find_spec", lambda name: None)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    arguments = ["extract", str(tmp_path / "a.txt"), "--out", str(tmp_path / "out"), "--engine", "ray"]
    assert call(arguments) == ExitStatus.USAGE
    assert "jihe[cluster]" in capsys.readouterr().err


def test_an_address_needs_the_engine(tmp_path: Path) -> None:
    """Whoever names a cluster and runs here would wait in vain."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(BadUsage, match="--engine ray"):
        Options(tmp_path / "a.txt", tmp_path / "out", address="auto")
