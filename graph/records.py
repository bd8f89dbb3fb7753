"""What goes into the store and what comes out of it: primitives in, frozen dataclasses out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from neo4j import Record
from neo4j.time import Date, DateTime
from pydantic import TypeAdapter, ValidationError

from graph.errors import Torn

T = TypeVar("T")

PRIMITIVES = (str, int, float, bool, datetime, date, Enum)


class Rows(list[dict[str, object]]):
    """In the form in which the driver takes them."""


AS_IT_IS = frozenset({str, int, float, bool, type(None), Rows})
"""Most of all that is written and read: looked for first, and in many rows without a call for each."""


def stored(value: object) -> object:
    """The form in which the driver takes a value. Times go as UTC: a named zone would crash the driver's process."""
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, dict | Mapping):
        return {name: one if type(one) in AS_IT_IS else stored(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [one if type(one) in AS_IT_IS else stored(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return _in_utc(value)
    if isinstance(value, set | frozenset):
        return sorted(stored(one) for one in value)  # type: ignore[type-var]
    return value


def _in_utc(moment: datetime) -> datetime:
    """Raises ValueError for a time without a zone: nobody could say later what it meant."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    return moment.astimezone(UTC)


def properties(entity: object, *names: str, exclude: Iterable[str] = ()) -> dict[str, object]:
    """What may stand on the node itself; nested things are left out, for relations carry them. None clears a property."""
    wanted = _wanted(type(entity), names, frozenset(exclude))  # type: ignore[arg-type]  # a class can be hashed, whatever its instances say
    return {name: stored(getattr(entity, name)) for name in wanted}


def rows(entities: Iterable[object], *names: str, exclude: Iterable[str] = ()) -> Rows:
    """For `UNWIND $rows`."""
    left = frozenset(exclude)
    return Rows(properties(entity, *names, exclude=left) for entity in entities)


def reader(cls: type[T], key: str | None = None) -> Callable[[Record], T]:
    """Reads `cls` from a row, or from the map in its column `key` with the other columns beside it. Raises Torn."""

    adapter = _adapter(cls)  # type: ignore[arg-type]  # as above

    def read(record: Record) -> T:
        row = dict(zip(record.keys(), record.values(), strict=True))
        found = {**(row.pop(key) or {}), **row} if key else row
        try:
            entity: T = adapter.validate_python(_fitted(cls, found))
        except ValidationError as error:
            raise Torn(f"{cls.__name__}: {', '.join(str(fault['loc']) for fault in error.errors())}") from error
        return entity

    return read


def value(name: str) -> Callable[[Record], Any]:
    """Reads one column as it is, times in UTC."""
    return lambda record: loaded(record[name])


def loaded(value: object) -> object:
    """The engine's own times become Python's, aware and in UTC (a time that lost its zone was UTC when it was written)."""
    if type(value) in AS_IT_IS:
        return value
    if isinstance(value, DateTime):
        moment = value.to_native()
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, Mapping):
        return {name: loaded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [loaded(one) for one in value]
    return value


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a missing value of a field is read, and which dataclass lies within it."""

    has_default: bool
    may_be_none: bool
    within: type | None


@cache
def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(cls)


@cache
def _shapes(cls: type[Any]) -> dict[str, _Shape]:
    hints = get_type_hints(cls)
    return {
        one.name: _Shape(
            has_default=one.default is not MISSING or one.default_factory is not MISSING,
            may_be_none=NoneType in get_args(hints[one.name]),
            within=_dataclass_within(hints[one.name]),
        )
        for one in fields(cls)
        if one.init
    }


def _dataclass_within(hint: object) -> type | None:
    if isinstance(hint, type) and is_dataclass(hint):
        return hint
    return next((found for part in get_args(hint) if (found := _dataclass_within(part))), None)


def _fitted(cls: type, row: object) -> object:
    """A property that is not stored reads as None where that is allowed, else as the field's default."""
    if not isinstance(row, Mapping):
        return row
    fit: dict[str, object] = {}
    for name, shape in _shapes(cls).items():
        given = row.get(name)
        if given is not None or shape.may_be_none or not shape.has_default:
            fit[name] = _fitted_within(shape.within, given)
    return fit


def _fitted_within(within: type | None, given: object) -> object:
    if within is None:
        return loaded(given)
    if isinstance(given, list):
        return [_fitted(within, one) for one in given]
    return _fitted(within, given)


@cache
def _wanted(cls: type[Any], names: tuple[str, ...], exclude: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in _storable(cls) if name not in exclude and (not names or name in names))  # type: ignore[arg-type]  # as above


@cache
def _storable(cls: type[Any]) -> tuple[str, ...]:
    hints = get_type_hints(cls)
    return tuple(one.name for one in fields(cls) if _is_storable(hints[one.name]))


def _is_storable(hint: object) -> bool:
    """Primitives and flat lists of them: the store has no map properties."""
    if get_origin(hint) is Annotated:
        return _is_storable(get_args(hint)[0])
    if get_origin(hint) is Literal:
        return True
    parts = [part for part in get_args(hint) if part not in (NoneType, Ellipsis)]
    if parts:
        return all(_is_storable(part) for part in parts)
    return isinstance(hint, type) and issubclass(hint, PRIMITIVES)
