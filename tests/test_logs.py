"""The log, as the processes of a hub write it together: one form for all, and one write for each line."""

import io
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from secrets import token_hex
from typing import Any, Literal

import pytest
import structlog

from hub.process.logs import configure_logs
from tests.conftest import keep_logs

SAYS = (
    "from hub.process.logs import configure_logs; import structlog; configure_logs({!r});"
    "structlog.get_logger('hub.x').info('said', by='one')"
)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_is_one_write_so_that_no_other_process_breaks_into_it(form: str) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        unbuffered = {**os.environ, "PYTHONUNBUFFERED": "1"}
        subprocess.run([sys.executable, "-c", SAYS.format(form)], stderr=theirs.fileno(), env=unbuffered, check=True)
        written = ours.recv(10_000)
    assert b"said" in written and written.endswith(b"\n")


class Log:
    """Log lines of a test, in one form."""

    def __init__(self, form: Literal["text", "json"]) -> None:
        self.stream = io.StringIO()
        configure_logs(form, self.stream)

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.stream.getvalue().splitlines()]

    def line(self) -> dict[str, Any]:
        (line,) = self.lines()
        assert line["time"].endswith("Z") and line["level"] and line["logger"]
        return line


@pytest.fixture
def log() -> Iterator[Log]:
    with keep_logs():
        yield Log("json")
        structlog.contextvars.clear_contextvars()


def test_a_line_of_ours_has_its_values_and_those_of_the_context(log: Log) -> None:
    structlog.contextvars.bind_contextvars(request="r1")
    structlog.get_logger("store.journal").warning("a batch broke", stream="e1")
    line = log.line()
    assert (line["event"], line["level"], line["logger"]) == ("a batch broke", "warning", "store.journal")
    assert (line["stream"], line["request"]) == ("e1", "r1")


def test_a_line_of_a_library_comes_out_alike_with_its_extra_and_the_context(log: Log) -> None:
    structlog.contextvars.bind_contextvars(request="r1")
    logging.getLogger("tornado.general").warning("%s of %s", 1, "two", extra={"peer": "there"})
    line = log.line()
    assert (line["event"], line["level"], line["logger"]) == ("1 of two", "warning", "tornado.general")
    assert (line["peer"], line["request"]) == ("there", "r1")


@pytest.mark.parametrize("library", [True, False])
def test_an_exception_stands_in_its_line(log: Log, library: bool) -> None:
    try:
        raise RuntimeError("line one\nline two")
    except RuntimeError:
        (logging.getLogger("x") if library else structlog.get_logger("hub.x")).exception("it broke")
    assert "RuntimeError: line one\nline two" in log.line()["exception"]


def test_as_text_an_exception_shows_no_value_of_its_frames(capsys: pytest.CaptureFixture[str]) -> None:
    """A library for tracebacks that is installed for something else is not used: it prints locals, such as keys."""
    secret = token_hex()
    with keep_logs():
        configure_logs("text")
        try:
            _fail_beside(secret)
        except RuntimeError:
            structlog.get_logger("hub.x").exception("it broke")
    said = capsys.readouterr().err
    assert "RuntimeError: no" in said and secret not in said


def _fail_beside(secret: str) -> None:
    raise RuntimeError("no" if secret else "")


def test_a_clients_words_begin_no_line_and_steer_no_terminal() -> None:
    with keep_logs():
        stream = io.StringIO()
        configure_logs("text", stream)
        logging.getLogger("library").warning("refused %s", "a\n2026 [info] all is well\x1b[2J\u202e")
        structlog.get_logger("hub.x").warning("refused", name="a\r\n2026 [info] all is well\x1b[2J")
    lines = stream.getvalue().splitlines()
    assert [("all is well" in line, line.isprintable()) for line in lines] == [(True, True)] * 2


def test_a_warning_of_python_is_a_line(log: Log) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("old\nway", stacklevel=1)
    assert log.line()["logger"] == "py.warnings"


def test_what_ends_a_thread_is_a_line(log: Log) -> None:
    def work() -> None:
        raise RuntimeError("broken")

    thread = threading.Thread(target=work, name="worker-7")
    thread.start()
    thread.join()
    line = log.line()
    assert line["thread"] == "worker-7" and "RuntimeError: broken" in line["exception"]


def test_what_ends_the_process_is_a_line() -> None:
    says = "from hub.process.logs import configure_logs; configure_logs('json'); raise ValueError('a\\nb')"
    ended = subprocess.run([sys.executable, "-c", says], stderr=subprocess.PIPE, check=False)
    assert ended.returncode == 1
    assert "ValueError: a\nb" in json.loads(ended.stderr)["exception"]


class Unprintable:
    def __repr__(self) -> str:
        raise RuntimeError("not even this")


def test_a_record_that_cannot_be_formatted_is_a_line_that_says_where() -> None:
    with keep_logs():  # here, where pytest's own handlers, which would break, are out of the way too
        log = Log("json")
        logging.getLogger("x").warning("%d of %d", "one")
        structlog.get_logger("hub.x").warning("one", value=Unprintable())
    assert [line["event"].partition("(")[0] for line in log.lines()] == ["a log line could not be formatted "] * 2


def test_values_of_any_kind_are_written(log: Log) -> None:
    structlog.get_logger("hub.x").warning("values", raw=b"\xff", odd="\ud800\u2028", many={1, 2}, deep={"a": [None]})
    assert log.line()["deep"] == {"a": [None]}


def test_what_a_library_says_of_its_everyday_is_left_out(log: Log) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST https://push.example.org/3/device/secret")
    structlog.get_logger("hub.x").debug("details")
    assert log.lines() == []


def test_as_text_a_line_has_time_level_and_logger_too() -> None:
    with keep_logs():
        log = Log("text")
        structlog.get_logger("hub.x").info("said", by="one")
        logging.getLogger("pymongo").warning("lost")
    ours, theirs = log.stream.getvalue().splitlines()
    for line, words in ((ours, ("info", "said", "hub.x", "by=one")), (theirs, ("warning", "lost", "pymongo"))):
        assert line[:4].isdigit() and all(word in line for word in words)
