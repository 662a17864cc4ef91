"""Rotation of the hub's secret while hubs run (docs/security.md, The hub's secret).

begun      every process learns the next secret           opens by both, seals by the current one
switched   the next one is the current one                opens by both, seals by the new one
re-sealed  what the earlier one sealed is sealed anew      in small batches, beside the doors
retired    the earlier one is in force no longer          keys of links are kept, sealed by the new one
"""
