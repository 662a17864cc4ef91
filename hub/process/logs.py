"""Logging configuration: one handler on the root logger, which writes every log line of a process as text or as JSON.

Our modules log by `structlog.get_logger(__name__)`, libraries by the standard library's loggers; both end here, so that
each line has a time, a level and the name of its logger, with the context variables and the `extra` of its call.
"""

import logging
import sys
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from typing_extensions import override

from hub.settings import LogForm
from hub.telemetry.correlation import current_id

OURS = ("run", "handlers", "hub", "jobs", "store")
"""Loggers of our modules, which log from level `info` on; a library's `info` may hold what is secret (addresses)."""


def configure_logs(form: LogForm, stream: TextIO | None = None) -> None:
    """Have all loggers of this process write to `stream` (standard error), and log uncaught exceptions."""
    bind_to_standard_library()
    root = logging.getLogger()
    root.handlers = [LineHandler(form, sys.stderr if stream is None else stream)]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    _log_uncaught()


def bind_to_standard_library() -> None:
    """Let the loggers of structlog hand their lines to the standard library's logger of the same name."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_processors(),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


PLAIN = structlog.dev.plain_traceback
"""Format of exceptions: the renderer's own choice, where a library is there for it, prints locals, and so secrets."""


class LineHandler(logging.StreamHandler[TextIO]):
    """Log handler that makes each record one write, since processes share the stream; none fails for its content."""

    def __init__(self, form: LogForm, stream: TextIO) -> None:
        super().__init__(stream)
        self.setFormatter(_formatter(form, colors=stream.isatty()))

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Write that a record cannot be written, where its own arguments break its formatting."""
        if isinstance(sys.exc_info()[1], OSError):
            return  # the stream itself is gone, and with it the place to say so
        where = f"{record.pathname}:{record.lineno}"
        text = f"a log line could not be formatted ({where})"
        said = logging.LogRecord(record.name, logging.ERROR, record.pathname, record.lineno, text, None, None)
        self.stream.write(self.format(said) + self.terminator)
        self.flush()


def _formatter(form: LogForm, *, colors: bool) -> logging.Formatter:
    last: Sequence[Processor] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
        if form == "json"
        else [_one_line, structlog.dev.ConsoleRenderer(colors=colors, timestamp_key="time", exception_formatter=PLAIN)]
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*_shared_processors(), structlog.stdlib.ExtraAdder()],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )


def _one_line(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Escape what steers a terminal or begins a line in a message: a library's may hold a client's own words."""
    said = event.get("event")
    if isinstance(said, str) and not said.isprintable():
        event["event"] = "".join(each if each.isprintable() else repr(each)[1:-1] for each in said)
    return event


def _shared_processors() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        _add_request_id,
        structlog.stdlib.add_log_level,
        _add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", key="time"),
    ]


def _add_request_id(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Set `request_id` where a request is being served, unless the call names one."""
    request_id = current_id()
    if request_id is not None:
        event.setdefault("request_id", request_id)
    return event


def _add_logger_name(logger: WrappedLogger, _: str, event: EventDict) -> EventDict:
    """Set `logger`; a library's record brings the name, ours are asked for it."""
    record = event.get("_record")
    event["logger"] = logger.name if record is None else record.name
    return event


# --- what nothing else catches ---------------------------------------------------------------------------------------


def _log_uncaught() -> None:
    """Log exceptions that end a thread or the process, or that Python would only print."""
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _unraisable


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        structlog.get_logger("run").critical("uncaught exception", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_type is not SystemExit:
        name = args.thread.name if args.thread else ""
        info: Any = (args.exc_type, args.exc_value, args.exc_traceback)
        structlog.get_logger("run").error("uncaught exception in a thread", thread=name, exc_info=info)


def _unraisable(args: Any) -> None:
    info = (args.exc_type, args.exc_value, args.exc_traceback)
    structlog.get_logger("run").error("exception ignored", where=repr(args.object), exc_info=info)
