"""Samples of an exposition, as Prometheus reads them."""

from prometheus_client.parser import text_string_to_metric_families

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(exposition: bytes) -> Samples:
    """Return each sample by its name and labels."""
    families = text_string_to_metric_families(exposition.decode())
    return {
        (each.name, tuple(sorted(each.labels.items()))): each.value for family in families for each in family.samples
    }


def value(exposition: bytes, name: str, **labels: str) -> float:
    """Return the value of one sample."""
    return samples(exposition)[name, tuple(sorted(labels.items()))]
