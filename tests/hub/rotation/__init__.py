"""Tests of the rotation of the hub's secret."""
