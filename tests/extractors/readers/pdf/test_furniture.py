"""Running heads and feet: what comes again at the edges of pages, and what only seems to."""

from tests.extractors.readers.pdf.printing import Sheet, printed

BODY = [(60.0, 120.0 + 18 * at, "评价组查阅了项目资料并到现场核对设备台账。") for at in range(10)]


def test_a_title_over_two_lines_is_no_running_head() -> None:
    """Two reports of one file end their titles alike, in the same place; above it stands what no page repeats."""
    titles = [[(240.0, 40.0, name), (250.0, 58.0, "部门评价报告")] for name in ("渔港维护经费项目", "监测船经费项目")]
    head = (60.0, 20.0, "某市财政局")
    sheets = [Sheet(lines=[head, *own, *BODY]) for own in (titles[0], [], titles[1], [])]
    pages = [[line.text for line in page.lines] for page in printed(*sheets).pages]
    assert [page[:2] for page in pages[::2]] == [
        ["渔港维护经费项目", "部门评价报告"],
        ["监测船经费项目", "部门评价报告"],
    ]
    assert not any("某市财政局" in page for page in pages)
