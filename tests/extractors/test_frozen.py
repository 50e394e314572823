"""The decorator of the small values that stages hand on."""

import dataclasses
import pickle
from dataclasses import field

import pytest

from extractors.frozen import frozen, replace


@frozen
class Amount:
    """A value as the stages have them."""

    yuan: int
    places: tuple[int, ...] = field(default_factory=tuple)


def test_values_are_compared_and_kept_by_their_fields() -> None:
    """Two values of the same fields are one member of a set; another field makes another value."""
    assert {Amount(1, (2,)), Amount(1, (2,))} == {replace(Amount(3, (2,)), yuan=1)}
    assert Amount(1) != Amount(2)


def test_values_have_no_room_for_other_fields() -> None:
    """A misspelt field is an error, not a new attribute."""
    assert not hasattr(Amount(1), "__dict__")


def test_values_travel_between_processes() -> None:
    """Workers hand them on as they are."""
    assert pickle.loads(pickle.dumps(Amount(1, (2, 3)))) == Amount(1, (2, 3))  # noqa: S301 - our own


@pytest.mark.parametrize("changes", [{}, {"yuan": 3}, {"places": (4,)}, {"places": (), "yuan": 0}])
def test_replaced_values_are_those_that_the_standard_library_makes(changes: dict[str, object]) -> None:
    """What is changed is changed, all else is as before, and the value itself stays."""
    value = Amount(1, (2,))
    assert replace(value, **changes) == dataclasses.replace(value, **changes)  # type: ignore[arg-type]
    assert value == Amount(1, (2,))


def test_fields_that_there_are_not_cannot_be_replaced() -> None:
    """A misspelt field is an error."""
    with pytest.raises((KeyError, TypeError)):
        replace(Amount(1), fen=2)  # type: ignore[call-arg]
