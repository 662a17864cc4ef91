"""Command monitor: hands the begin and the end of each database command to a tracer, in the thread that runs it."""

from collections.abc import Callable

from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent
from typing_extensions import override

EndCommand = Callable[[bool], None]
BeginCommand = Callable[[str, str], EndCommand | None]
"""Begins to watch a command, by its name and its collection; returns what ends it (true: it failed), or None."""


class CommandMonitor(CommandListener):
    """Listener of a client's commands. Contents are not looked at: they hold what guests wrote."""

    def __init__(self, begin: BeginCommand) -> None:
        self._begin = begin
        self._running: dict[int, EndCommand] = {}

    @override
    def started(self, event: CommandStartedEvent) -> None:
        target = event.command.get(event.command_name)
        end = self._begin(event.command_name, target if isinstance(target, str) else "")
        if end is not None:
            self._running[event.request_id] = end

    @override
    def succeeded(self, event: CommandSucceededEvent) -> None:
        self._end(event.request_id, is_failed=False)

    @override
    def failed(self, event: CommandFailedEvent) -> None:
        self._end(event.request_id, is_failed=True)

    def _end(self, request_id: int, *, is_failed: bool) -> None:
        end = self._running.pop(request_id, None)
        if end is not None:
            end(is_failed)
