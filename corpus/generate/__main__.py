"""Makes many reports (批量生成报告).

    .venv/bin/python -m corpus.generate OUT --count 10000 --seed 7 --errors 0.5 --pdf 20

OUT/reports is an input folder for `jihe extract`; OUT/truth.jsonl, outside of it, says what is true. The first --pdf
reports are printed as PDF too, into OUT/pdf. The same arguments give the same bytes.
"""

import argparse
import json
from pathlib import Path

from corpus.generate.generate import as_pdf, generate


def write(out: Path, count: int, seed: int, errors: float = 0.0, pdf: int = 0) -> None:
    """Write `count` reports below `out`, one at a time."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "truth.jsonl").open("w", encoding="utf-8", newline="\n") as truth:
        for number in range(count):
            report = generate(seed, number, errors)
            path = out / "reports" / report.source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(report.data)
            truth.write(json.dumps(report.truth, ensure_ascii=False, separators=(",", ":")) + "\n")
            if number < pdf:
                page = out / "pdf" / Path(report.source).with_suffix(".pdf")
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_bytes(as_pdf(report, seed))


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="corpus.generate", description="seeded generator of reports with truth")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--errors", type=float, default=0.0, help="share of reports with one planted error, 0..1")
    parser.add_argument("--pdf", type=int, default=0, help="how many of the first reports are printed as PDF too")
    wanted = parser.parse_args()
    write(wanted.out, wanted.count, wanted.seed, wanted.errors, wanted.pdf)


if __name__ == "__main__":
    main()
