"""Telemetry: metrics for Prometheus, added up over the workers of a host (docs/operating.md).

`metrics.py` is the table of all metrics of a process; those of the database are in `hub/reports/gauges.py`.
"""
