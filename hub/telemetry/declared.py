"""Declarations of metrics: attributes of a class that are made for each of its instances, in a registry of its own."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Generic, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

M = TypeVar("M", Counter, Gauge, Histogram)
T = TypeVar("T")


class Declared(Generic[T]):
    """Declaration of a metric; read at an instance it is of type `T`, once `declare_all` has made it there."""

    def __init__(self, make: Callable[[CollectorRegistry], T]) -> None:
        self.make = make
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name of the attribute."""
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> T:
        """Raise `AttributeError`: what was made stands in the instance itself, and is found there first."""
        raise AttributeError(f"{self._name} is not made yet")


def declare_all(instance: object, registry: CollectorRegistry) -> None:
    """Make all metrics that the class of `instance` declares."""
    for name, declared in vars(type(instance)).items():
        if isinstance(declared, Declared):
            vars(instance)[name] = declared.make(registry)


def single(kind: type[M], name: str, says: str, **options: Any) -> Declared[M]:
    """Return the declaration of a metric without labels."""
    return Declared(lambda registry: kind(name, says, registry=registry, **options))


def labelled(
    kind: type[M], name: str, says: str, *labels: str, begins: Iterable[str] = (), **options: Any
) -> Declared[Callable[..., M]]:
    """Return the declaration of a metric with labels, which is called with their values.

    Those of a single label that are known from the start, `begins`, stand at 0 before anything happened: a series that
    appears with its first event hides that event from `rate`. Looking a label up in the library costs as much as
    counting: it is done once for each value.
    """

    def make(registry: CollectorRegistry) -> Callable[..., M]:
        child = cache(kind(name, says, labels, registry=registry, **options).labels)
        for value in begins:
            child(value)
        return child

    return Declared(make)
