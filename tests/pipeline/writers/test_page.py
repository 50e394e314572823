"""The page shows both sides of every finding and obeys none of its content."""

import json
import re
from pathlib import Path

import pytest

from pipeline.writers import overview
from pipeline.writers import page as page_module
from pipeline.writers.page import marked, write_page
from tests.pipeline import make
from tests.pipeline.writing import write_lines


def _page(folder: Path) -> str:
    write_page(folder)
    return (folder / "consistency.html").read_text(encoding="utf-8")


def test_page_is_self_contained(tmp_path: Path) -> None:
    """No script, no address, a policy that forbids fetching, one style sheet named by its hash."""
    page = _page(write_lines(tmp_path, make.result(findings=(make.finding("f1"),))))
    assert "default-src 'none'" in page
    assert not re.search(r"<script|\bsrc=|https?://|url\(|@import|style=|\bon\w+=", page)


def test_both_quotes_stand_side_by_side(tmp_path: Path) -> None:
    """Row and sentence, each with its place, the value marked, the likelier wrong one named."""
    page = _page(write_lines(tmp_path, make.result(findings=(make.finding("f1", "decisive"),))))
    assert "及时率得分率为<mark>91.00%</mark>" in page
    assert "及时率 ｜ <mark>10.00</mark> ｜ 9.00 ｜ <mark>91.00%</mark>" in page
    assert "第 30 行" in page
    assert "第 12 行（表 t1 第 3 行）" in page
    assert "较可能有误" in page
    assert "9.00 ÷ 10.00 = 90.00%" in page
    assert "90.00%（允许 89.95 ～ 90.0500）" in page
    assert "等级改变" in page


def test_hostile_text_is_shown(tmp_path: Path) -> None:
    """Markup is escaped, control characters and direction marks become visible."""
    page = _page(write_lines(tmp_path, make.result(findings=make.hostile_findings())))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\\x1b[31m红\\x07" in page
    assert "\\u202e倒" in page
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", page)


def test_a_run_without_findings_says_so(tmp_path: Path) -> None:
    """Nothing found is stated together with how much was looked at."""
    page = _page(write_lines(tmp_path, make.result()))
    assert "已核对的数字中没有发现矛盾" in page
    assert "见到 40 个数字" in page
    assert "未列出疑点不等于没有问题" in page


def test_an_empty_run_can_be_shown(tmp_path: Path) -> None:
    """No report at all."""
    assert "没有读到任何报告" in _page(write_lines(tmp_path))


def test_ten_thousand_findings(tmp_path: Path) -> None:
    """All of them are there, each once."""
    findings = tuple(make.finding(f"f{n}") for n in range(10_000))
    page = _page(write_lines(tmp_path, make.result(findings=findings)))
    assert page.count("<article") == 10_000


def test_a_page_names_no_more_than_a_browser_can_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The gravest findings are listed, all are counted, and the page says where the others stand."""
    monkeypatch.setattr(page_module, "MOST", 2)
    monkeypatch.setattr(overview, "MOST", 2)
    findings = (make.finding("f1", "info"), *(make.finding(f"e{n}") for n in range(3)))
    page = _page(write_lines(tmp_path, make.result(findings=findings), *map(make.result, "乙丙")))
    assert page.count("<article") == 2
    assert "发现 <strong>3</strong> 条数字矛盾" in page
    assert "本类列出 2 条" in page and "本类列出 0 条" in page
    assert "此处只列有疑点的前 1 份；全部 3 份见" in page
    assert page.count('<td class="file">甲.txt</td>') >= 1 and '<td class="file">乙</td>' not in page


@pytest.mark.parametrize(
    ("quote", "value", "shown"),
    [
        ("得分117.94，后改为17.94分", "17.94", "得分117.94，后改为<mark>17.94</mark>分"),
        ("率为63", "63%", "率为<mark>63</mark>"),
        ("共1,200.50元", "1200.50", "共<mark>1,200.50</mark>元"),
        ("没有数字", "5", "没有数字"),
        ("a<b", None, "a&lt;b"),
    ],
)
def test_value_is_marked_in_its_quote(quote: str, value: str | None, shown: str) -> None:
    """Only the number itself is marked, never a part of another."""
    assert str(marked(quote, [value])) == shown


def test_long_quote_is_cut_around_its_value() -> None:
    """The marked value is always in sight."""
    text = str(marked("前" * 1000 + "17.94" + "后" * 1000, ["17.94"]))
    assert "<mark>17.94</mark>" in text
    assert text.startswith("…")
    assert len(text) < 300


def test_what_would_mend_all_and_what_else_would(tmp_path: Path) -> None:
    """The smallest change with its places and the value that fits, then the other ways."""
    page = _page(write_lines(tmp_path, make.result(findings=(make.finding("f1"),))))
    assert "“及时率”得分率 91.00%（第 12 行（表 t1 第 3 行）、第 30 行，为 90.00% 则相符），共 2 处" in page
    assert "<dt>其他办法</dt><dd>“及时率”权重 10.00" in page


def test_observations_have_a_section_of_their_own(tmp_path: Path) -> None:
    """What is noticed across reports stands behind the findings, by kind, and says that it is no finding."""
    report = {"report_id": "r", "source": "甲.txt", "part": 1, "title": "修渠", "place": "第 3 行"}
    observation = {
        "report_id": "r", "source": "甲.txt", "part": 1, "observation_id": "o1", "kind": "copied-passages",
        "title": "两份报告有 4 句相同", "message": "<b>修渠</b>", "count": 1, "reports": [report], "figures": [],
    }  # fmt: skip
    folder = write_lines(tmp_path, make.result())
    assert "跨报告观察" not in _page(folder)
    line = json.dumps(observation, ensure_ascii=False) + "\n"
    (folder / "records" / "observations.jsonl").write_text(line, encoding="utf-8")
    page = _page(folder)
    section = page[page.index('id="across"') :]
    assert "不是疑点" in section and "两份报告有 4 句相同" in section and "甲.txt  第 3 行" in section
    assert "&lt;b&gt;修渠" in section
