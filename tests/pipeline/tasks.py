"""Tasks for workers that misbehave on request: the job's name says how."""

import os
import time

from pipeline.workers import tell_alive

_served = 0


def misbehave(job: str) -> str:
    """Hang, swell, crash or answer, as `job` begins.

    `sickly` and `narrow` fare badly in a worker that has served before, and well in a new one.
    """
    global _served
    before, _served = _served, _served + 1
    if job.startswith("hang"):
        time.sleep(60)
    if job.startswith("crash") or (job.startswith("sickly") and before):
        os._exit(7)
    if job.startswith("swell"):
        try:
            bytearray(1 << 40)
        except MemoryError:
            return "memory"
    if job.startswith("narrow") and before:
        return "memory"
    if job.startswith("long"):
        for _ in range(4):
            time.sleep(0.5)
            tell_alive()
    if job.startswith("slow"):
        time.sleep(0.3)
    if job.startswith("large"):
        return "x" * 3_000_000
    if job.startswith("full"):
        raise OSError(28, "No space left on device")
    return "seen"


def out_of_memory(answer: str) -> bool:
    """Whether a new worker may answer otherwise."""
    return answer == "memory"
