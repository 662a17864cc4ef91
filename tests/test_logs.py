"""The log, as the processes of a hub write it together."""

import os
import socket
import subprocess
import sys

import pytest

SAYS = "import run, structlog; run._configure_logs({!r}); structlog.get_logger('x').info('said', by='one')"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_is_one_write_so_that_no_other_process_breaks_into_it(form: str) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
        subprocess.run([sys.executable, "-c", SAYS.format(form)], stderr=theirs.fileno(), env=unbuffered, check=True)
        written = ours.recv(10_000)
    assert b"said" in written and written.endswith(b"\n")
