"""What decides between readings that sound equally well."""

from extractors.repair.fallback import FallbackClass
from extractors.repair.lines import LineReading
from extractors.repair.rerank import SETTLED, rerank, traits
from extractors.repair.stretches import take_apart

FALLBACK = FallbackClass({"，": 0.95, "资": 0.05, "金": 0.05, "已": 0.05, "拨": 0.05, "付": 0.05})
LINE = take_apart("，资已金拨付")
PRINTED = (0, 1, 2, 3, 4, 5)


def test_the_printed_order_has_no_traits_of_disorder() -> None:
    """No blocks, no runs, nothing moved."""
    assert traits(LINE, LineReading(PRINTED, 0.0), FALLBACK) == (0, 0, 0)


def test_runs_of_one_character_and_strangers_are_counted() -> None:
    """A mark alone in front is a run of one character; a stranger in the first of three runs is noticed."""
    moved_mark = LineReading((1, 2, 0, 3, 4, 5), 0.0)
    assert traits(LINE, moved_mark, FALLBACK) == (1, 0, 0)
    line = take_apart("资，已金拨付")
    in_three = LineReading((2, 1, 0, 3, 4, 5), 0.0)
    assert traits(line, in_three, FALLBACK) == (3, 1, 0)


def test_a_phrase_said_again_is_noticed() -> None:
    """Target and actual value of a row often say the same."""
    line = take_apart("持续改善持续改善")
    assert traits(line, LineReading(tuple(range(8)), 0.0), FALLBACK)[2] == 2


def test_of_two_even_readings_the_one_that_says_a_phrase_again_wins() -> None:
    """But a clear difference of the language stays, and so does the order of readings that differ by far."""
    line = take_apart("持续改善持续改善")
    again, other = tuple(range(8)), (0, 1, 4, 5, 2, 3, 6, 7)
    said = LineReading(again, -2.0)
    assert rerank(line, [LineReading(other, 0.0), said], FALLBACK)[0].order == again
    assert rerank(line, [LineReading(other, 10.0), said], FALLBACK)[0].order == other
    far = [LineReading(other, SETTLED + 1), said]
    assert rerank(line, far, FALLBACK) is far


def test_a_stranger_in_the_first_of_three_runs_is_charged() -> None:
    """Where the language does not care, only fallback characters stand there."""
    line = take_apart("已资拨付金，")
    strange, plain = (2, 0, 4, 1, 3, 5), (0, 1, 2, 3, 4, 5)
    found = rerank(line, [LineReading(strange, 0.0), LineReading(plain, -0.1)], FALLBACK)
    assert [reading.order for reading in found] == [plain, strange]


def test_one_reading_stays() -> None:
    """With nothing to choose from nothing is weighed."""
    only = [LineReading(PRINTED, -3.0)]
    assert rerank(LINE, only, FALLBACK) is only
