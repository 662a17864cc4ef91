"""Fast path of scans: plain ones are read off the connection and answered without Tornado's parser and a handler.

`request` recognises them, `scan` answers them, `read_ahead` is the stream below. `HUB_SCAN_FAST_PATH`
switches it off.
"""
