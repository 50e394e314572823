"""Which engine runs a corpus (选择引擎); one that is not chosen is not loaded."""

from pathlib import Path

from pipeline.engines.engine import Engine
from pipeline.engines.here import HereEngine
from pipeline.engines.local import LocalEngine
from pipeline.options import Options
from pipeline.remote import only_here
from pipeline.runlog import RunLog


def open_engine(options: Options, folder: Path, log: RunLog) -> Engine:
    """The engine that the options name. folder: of the state. Raises BadUsage where it is not installed."""
    if isinstance(options.corpus, str) and only_here(options.corpus):
        return HereEngine(options, folder)
    if options.engine == "ray":
        from pipeline.engines.ray import RayEngine

        return RayEngine(options, folder, log)
    return LocalEngine(options, folder, log)
