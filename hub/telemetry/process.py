"""Process metrics: CPU, memory, files and start of this process, which Prometheus' library leaves out of its files."""

from collections.abc import Callable, Iterable

from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector

from hub.telemetry.metrics import Metrics

MEASURED_EVERY_S = 5.0
"""How often a process measures itself: whichever answers has its own numbers, and the others' as of their last time."""


class ProcessMeter:
    """Meter of this process, as far as its system has `/proc`.

    CPU time is a counter that the process adds to: what a worker spent stays counted after its end, so that the sum of
    all never falls. The gauges of a worker go with it.
    """

    def __init__(self, metrics: Metrics, *, lag_s: Callable[[], float] = lambda: 0.0) -> None:
        """`lag_s` returns how long the journal has been ahead of what live clients of this process were sent."""
        self._metrics = metrics
        self._lag_s = lag_s
        self._collector = ProcessCollector(registry=None)
        self._cpu_s = 0.0
        self._measure_process()  # at once: a start that is not set yet would be the oldest of all

    async def run(self) -> None:
        """Measure, as the work of a `Periodic`."""
        self.measure()

    def exposition(self) -> bytes:
        """Return the metrics of this host in Prometheus' text format, with this process's as of now."""
        self.measure()
        return self._metrics.exposition()

    def measure(self) -> None:
        """Set the metrics of this process."""
        self._metrics.live_lag.set(self._lag_s())
        self._measure_process()

    def _measure_process(self) -> None:
        metrics, found = self._metrics, dict(_values(self._collector.collect()))
        cpu_s = found.get("process_cpu_seconds_total", self._cpu_s)
        metrics.cpu_seconds.inc(max(0.0, cpu_s - self._cpu_s))
        self._cpu_s = cpu_s
        gauges = (
            metrics.resident_bytes,
            metrics.virtual_bytes,
            metrics.open_files,
            metrics.most_files,
            metrics.start_time,
        )
        for gauge in gauges:
            if gauge._name in found:
                gauge.set(found[gauge._name])


def _values(families: Iterable[Metric]) -> Iterable[tuple[str, float]]:
    for family in families:
        for sample in family.samples:
            yield sample.name, sample.value
