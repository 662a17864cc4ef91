"""Direct write: bytes go straight to a connection's socket where its stream has nothing queued before them.

`IOStream.write` copies what it is given into a buffer, takes it out again and makes a future, which costs several times
what the socket does. What the kernel does not take at once is left to it, so that order, backpressure, slow clients and
the end of a connection stay its own. TLS streams encrypt what they write, so they are never bypassed;
`HUB_DIRECT_WRITE` switches it off.
"""

from tornado.iostream import IOStream


def write_now(stream: IOStream, data: bytes | memoryview) -> int:
    """Number of bytes of `data` that the kernel took: the rest, perhaps all of it, is for `stream.write`."""
    if type(stream) is not IOStream or stream.writing() or stream.closed():
        return 0
    try:
        return stream.socket.send(data)
    except OSError:  # the buffer is full, or the client gone: `stream.write` finds the same, and deals with it
        return 0
