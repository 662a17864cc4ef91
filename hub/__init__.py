"""The heart: settings, the rules that decide, the live hub, and their assembly.

May import `store` and the standard library; knows no HTTP and nothing of `handlers` or `jobs`.
Start reading at `admission.py` (may this ticket in?) and `hub.py` (how the parts are put together).
"""
