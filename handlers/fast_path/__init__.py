"""Fast path of scans: plain ones are read off the connection and answered without Tornado's parser and a handler.

`request` recognises them, `scan` answers them, `read_ahead` buffers, `connections` chooses the stream of a connection;
`HUB_SCAN_FAST_PATH` switches it off.
"""
