"""What decides between readings that sound equally well."""

from extractors.repair.fallback import FallbackClass
from extractors.repair.lines import LineReading
from extractors.repair.rerank import SETTLED, rerank, traits
from extractors.repair.stretches import take_apart

FALLBACK = FallbackClass({"，": 0.95, "资": 0.05, "金": 0.05, "已": 0.05, "拨": 0.05, "付": 0.05})
LINE = take_apart("，资已金拨付")
TWO_RUNS = (1, 3, 0, 2, 4, 5)  # 资金，已拨付
PRINTED = (0, 1, 2, 3, 4, 5)


def test_the_printed_order_has_no_traits_of_disorder() -> None:
    """No blocks, no runs, nothing moved."""
    assert traits(LINE, LineReading(PRINTED, 0.0), FALLBACK) == (0, 0, 0, 0, 0)


def test_runs_are_counted_where_the_order_goes_back() -> None:
    """A mark alone in front is a run of one character; a stranger in the first of three runs is noticed."""
    moved_mark = LineReading((1, 2, 0, 3, 4, 5), 0.0)
    assert traits(LINE, moved_mark, FALLBACK) == (1, 1, 1, 0, 0)
    line = take_apart("资，已金拨付")
    in_three = LineReading((2, 1, 0, 3, 4, 5), 0.0)
    assert traits(line, in_three, FALLBACK) == (1, 2, 3, 1, 0)


def test_a_phrase_said_again_is_noticed() -> None:
    """Target and actual value of a row often say the same."""
    line = take_apart("持续改善持续改善")
    assert traits(line, LineReading(tuple(range(8)), 0.0), FALLBACK)[4] == 2


def test_the_simpler_of_two_even_readings_wins() -> None:
    """But a clear difference of the language stays, and so does the order of readings that differ by far."""
    simple, twisted = LineReading(PRINTED, -0.2), LineReading(TWO_RUNS, 0.0)
    assert rerank(LINE, [twisted, simple], FALLBACK)[0].order == PRINTED
    clear = LineReading(TWO_RUNS, 10.0)
    assert rerank(LINE, [clear, simple], FALLBACK)[0].order == TWO_RUNS
    far = [LineReading(TWO_RUNS, SETTLED + 1), simple]
    assert rerank(LINE, far, FALLBACK) is far


def test_one_reading_stays() -> None:
    """With nothing to choose from nothing is weighed."""
    only = [LineReading(PRINTED, -3.0)]
    assert rerank(LINE, only, FALLBACK) is only
