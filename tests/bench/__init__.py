"""Tests of the benchmarks: that each still runs, and what its table says."""
