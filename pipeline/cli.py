"""The command `jihe` (命令行): arguments in, exit status out; slow packages are imported where they are used."""

import os
import signal
import sys
import traceback
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from extractors.readers.settings import DEFAULT, ReadingSettings
from pipeline.options import MEBIBYTE, BadUsage, ExitStatus, Limits, Options, available_cores, read_passwords

VERSION = "0.1.0"
_DEFAULT = Limits()


class OcrName(Enum):
    """Which engine reads scans (识别引擎)."""

    PADDLE = "paddle"
    RAPID = "rapid"


class RunnerName(Enum):
    """What runs the documents (执行引擎)."""

    LOCAL = "local"
    RAY = "ray"


app = typer.Typer(
    name="jihe",
    help="绩核：读取绩效评价报告，逐项重算，指出报告自相矛盾之处。",
    epilog="退出码：0 无错误级疑点；1 有错误级疑点；2 有文件未能读取；3 用法错误。同时成立时取较大者。",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_CORPUS = typer.Argument(help="报告所在的文件夹，或一份报告；也可以是 s3:// 等地址。", show_default=False)
_OUT = typer.Option("--out", help="结果写入的文件夹；extract 也可以写到 s3:// 等地址。")
_WORKERS = typer.Option("--workers", help="同时处理的进程数，默认与处理器核数相同。", show_default=False)
_SECONDS = typer.Option("--seconds", help="每份文件的时间上限（秒）；扫描页每识别一页重新计时。")
_MEMORY = typer.Option("--memory", help="每份文件的内存上限（MiB）。")
_PASSWORDS = typer.Option("--passwords", help="密码文件，每行一个，用于打开加密的 PDF。", show_default=False)
_OCR = typer.Option("--ocr", help="识别扫描页的引擎。")
_ENGINE = typer.Option("--engine", help="在哪里运行：local 本机，ray Ray 集群（须安装 jihe[cluster]）。")
_ADDRESS = typer.Option("--address", help="Ray 集群的地址，如 auto 或 主机:6379，默认只用本机。", show_default=False)
_MODELS = typer.Option(
    "--models", help="自备的识别模型文件夹，内有 det 和 rec，默认用随附的模型。", show_default=False, file_okay=False
)
_OCR_SECONDS = typer.Option("--ocr-seconds", help="每份文件识别扫描页的总时限（秒），超出的页记为未读。")
_FRESH = typer.Option("--fresh", help="不用以前的进度，从头做起。")
_PROGRESS = typer.Option("--progress", help="进度显示：auto、bar、json 或 none。")
_WORK = typer.Option("--work", help="结果写到远程地址时，本机的工作文件夹。", show_default=False)
_LOG = typer.Option("--log", help="把运行过程逐条写入这个文件（JSON 行，接在原有内容之后）。", show_default=False)
_DATABASE = typer.Option("--database", help="SQLAlchemy 数据库地址，默认写入 OUT/jihe.db。", show_default=False)


def _version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"jihe {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", help="显示版本号。", callback=_version, is_eager=True)] = False,
) -> None:
    """Options that stand before the command."""


@app.command(help="读取语料，把记录、数据库和工作底稿写入输出文件夹。")
def extract(
    corpus: Annotated[str, _CORPUS],
    out: Annotated[str, _OUT] = "outputs",
    workers: Annotated[int | None, _WORKERS] = None,
    seconds: Annotated[float, _SECONDS] = _DEFAULT.seconds,
    memory: Annotated[int, _MEMORY] = _DEFAULT.memory // MEBIBYTE,
    database: Annotated[str | None, _DATABASE] = None,
    passwords: Annotated[Path | None, _PASSWORDS] = None,
    ocr: Annotated[OcrName, _OCR] = OcrName.PADDLE,
    models: Annotated[Path | None, _MODELS] = None,
    ocr_seconds: Annotated[float, _OCR_SECONDS] = DEFAULT.ocr_seconds,
    fresh: Annotated[bool, _FRESH] = False,
    engine: Annotated[RunnerName, _ENGINE] = RunnerName.LOCAL,
    address: Annotated[str | None, _ADDRESS] = None,
    log: Annotated[Path | None, _LOG] = None,
    work: Annotated[Path | None, _WORK] = None,
    shown: Annotated[str, _PROGRESS] = "auto",
) -> ExitStatus:
    """Run the whole path over a corpus."""
    from pipeline.publish import split
    from pipeline.remote import is_address

    folder, address_out = split(out, work)
    limits = Limits(seconds=seconds, memory=memory * MEBIBYTE)
    reading = ReadingSettings(read_passwords(passwords), ocr.value, models, ocr_seconds)
    options = Options(
        corpus if is_address(corpus) else Path(corpus),
        folder,
        available_cores() if workers is None else workers,
        limits,
        database,
        reading,
        fresh=fresh,
        engine=engine.value,
        address=address,
        log=log,
        publish=address_out,
    )
    from pipeline import batch, terminal
    from pipeline.progress import form, progress

    with progress(form(shown)) as told:
        summary = batch.run(options, told)
    terminal.print_summary(terminal.console(), summary, out)
    return summary.exit_status


@app.command(help="核对一份文件，在终端列出疑点，不写任何文件。")
def check(
    file: Annotated[Path, typer.Argument(help="要核对的文件。", show_default=False)],
    passwords: Annotated[Path | None, _PASSWORDS] = None,
    ocr: Annotated[OcrName, _OCR] = OcrName.PADDLE,
    models: Annotated[Path | None, _MODELS] = None,
) -> ExitStatus:
    """Read one file and print its findings."""
    if not file.is_file():
        raise BadUsage(f"没有这个文件：{file}。请检查路径。")
    from pipeline import terminal
    from pipeline.discover import discover
    from pipeline.summary import Summary
    from pipeline.work import work

    done = work(next(discover(file)), _DEFAULT, ReadingSettings(read_passwords(passwords), ocr.value, models))
    summary = Summary()
    summary.add(done)
    terminal.print_check(terminal.console(), done)
    return summary.exit_status


@app.command(help="把读到的内容画在 PDF 的一页上：文字行、表格线、列的含义、指标行、存疑字符。")
def look(
    file: Annotated[Path, typer.Argument(help="要查看的 PDF。", show_default=False)],
    page: Annotated[int, typer.Option("--page", help="第几页，从 1 起。")] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="图片文件或文件夹，默认为 文件名-页码.png。", show_default=False)
    ] = None,
    passwords: Annotated[Path | None, _PASSWORDS] = None,
    ocr: Annotated[OcrName, _OCR] = OcrName.PADDLE,
    models: Annotated[Path | None, _MODELS] = None,
) -> ExitStatus:
    """Draw what was read over one page."""
    if not file.is_file():
        raise BadUsage(f"没有这个文件：{file}。请检查路径。")
    from pipeline.look import look as draw

    picture = Path(f"{file.stem}-{page}.png") if out is None else out
    if picture.is_dir():
        picture /= f"{file.stem}-{page}.png"
    elif not picture.suffix:
        picture = picture.with_name(f"{picture.name}.png")
    reading = ReadingSettings(read_passwords(passwords), ocr.value, models)
    picture.write_bytes(draw(file.name, file.read_bytes(), page, reading))
    typer.echo(f"已写入 {picture}。")
    return ExitStatus.CLEAN


@app.command(help="详细说明一条疑点：算式、两处原文、旁证和影响。")
def explain(
    finding: Annotated[str, typer.Argument(help="疑点编号，或其开头几位。", show_default=False)],
    out: Annotated[Path, _OUT] = Path("outputs"),
) -> ExitStatus:
    """Print one finding from written outputs."""
    if not (out / "findings.jsonl").is_file():
        raise BadUsage(f"{out} 里没有结果。请先运行 jihe extract，或用 --out 指明结果所在的文件夹。")
    from pipeline import terminal
    from pipeline.writers.jsonlines import read_records

    chosen = [record for record in read_records(out, "findings") if record["finding_id"].startswith(finding)]
    if not chosen:
        raise BadUsage(f"没有编号以 {finding} 开头的疑点。编号见 {out / 'consistency.html'}。")
    failed: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for relation in read_records(out, "relations"):
        if (relation["finding_id"] or "").startswith(finding):
            failed.setdefault((relation["source"], relation["finding_id"]), []).append(relation)
    screen = terminal.console()
    for record in chosen:
        terminal.print_finding(screen, record, failed.get((record["source"], record["finding_id"]), []))
    return ExitStatus.CLEAN


@app.command(help="记下对疑点的处理意见（成立、不成立、已说明、待定），以后的运行不会覆盖。")
def decide(
    finding: Annotated[str | None, typer.Argument(help="疑点编号。", show_default=False)] = None,
    decision: Annotated[str | None, typer.Argument(help="处理意见。", show_default=False)] = None,
    note: Annotated[str, typer.Option("--note", help="说明。")] = "",
    by: Annotated[str, typer.Option("--by", help="处理人。")] = "",
    on: Annotated[str, typer.Option("--on", help="处理日期。")] = "",
    table: Annotated[Path | None, typer.Option("--import", help="处理意见表（CSV）。", show_default=False)] = None,
    out: Annotated[Path, _OUT] = Path("outputs"),
    database: Annotated[str | None, _DATABASE] = None,
) -> ExitStatus:
    """Write down what an auditor decided about one finding, or about those of a table."""
    from pipeline.decisions import Verdict, parse_decision, read_verdicts
    from pipeline.store import keep_decisions

    if table is not None:
        verdicts = read_verdicts(table)
    elif finding is not None and decision is not None:
        verdicts = [Verdict(finding, parse_decision(decision), note, by, on)]
    else:
        raise BadUsage("请给出疑点编号和处理意见，或用 --import 给出处理意见表。")
    typer.echo(f"已记下 {keep_decisions(out, database, verdicts)} 条处理意见。")
    return ExitStatus.CLEAN


@app.command(help="把结果按类别和评价年度分成 Parquet 文件，供 DuckDB、pandas 使用。")
def partition(
    out: Annotated[Path, typer.Argument(help="结果所在的文件夹。", show_default=False)],
    target: Annotated[Path, typer.Argument(help="写入的空文件夹。", show_default=False)],
) -> ExitStatus:
    """Write the records of a run as partitioned Parquet."""
    from pipeline.writers.partitioned import write_partitioned

    typer.echo(f"已写入 {write_partitioned(out, target)} 个文件。")
    return ExitStatus.CLEAN


@app.command(help="列出全部核对规则：内容、公式、容差和依据。")
def rules() -> ExitStatus:
    """Print the rules."""
    from pipeline import terminal
    from pipeline.checks.registry import CHECKS

    terminal.print_rules(terminal.console(), CHECKS)
    return ExitStatus.CLEAN


def _interrupt(*_: object) -> NoReturn:
    """End like Ctrl-C does, so that workers are ended and half outputs removed."""
    raise KeyboardInterrupt


def call(arguments: list[str]) -> int:
    """Run the command with these arguments; the exit status. Never raises."""
    try:
        status = int(app(args=arguments, prog_name="jihe", standalone_mode=False) or 0)
    except (KeyboardInterrupt, typer.Abort):
        status = ExitStatus.INTERRUPTED
    except BadUsage as error:
        return _say(error.message, ExitStatus.USAGE)
    except typer.TyperException as error:
        return _say(f"用法错误：{error.format_message()} 用 jihe --help 查看用法。", ExitStatus.USAGE)
    except OSError as error:
        return _say(f"读写出错：{error.strerror}（{error.filename}）。请检查磁盘空间和权限。", ExitStatus.USAGE)
    except Exception:  # Python's own exit status for a crash, 1, would read as "findings"
        traceback.print_exc()
        return _say("程序内部错误，请把以上内容报告给开发者。", ExitStatus.BROKEN)
    if status == ExitStatus.INTERRUPTED:  # which is how typer, too, answers Ctrl-C
        _say("已中断，进度已保存；再次运行同一命令即可继续。", ExitStatus.INTERRUPTED)
    return status


def _say(message: str, status: ExitStatus) -> int:
    """A last sentence for the user, and the exit status."""
    from pipeline.writers.wording import visible

    typer.echo(visible(message), err=True)
    return status


def main() -> NoReturn:
    """Entry point of `jihe`."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        status = call(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output (`| head`) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = ExitStatus.CLEAN
    sys.exit(status)
