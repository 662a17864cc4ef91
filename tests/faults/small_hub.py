"""A hub with next to nothing in it, so that its supervisor can be tested alone.

`small_hub.py serve` supervises `small_hub.py worker`; `small_hub.py broken` supervises a worker that cannot start.
Settings come from the environment. A worker answers `/about`, and blocks its loop for ever on `/stick`.
"""

import asyncio
import os
import signal
import socket
import sys
import time

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from hub.process.supervisor import HubStopped, Supervisor, watch_parent
from hub.setting_checks import SettingsError
from hub.settings import Settings
from store.embedded.mongod import MongodError
from store.mongo.primary import DatabaseRefused


class About(RequestHandler):
    def get(self) -> None:
        settings: Settings = self.application.settings["hub"]
        self.finish({"pid": os.getpid(), "mongodb_uri": settings.mongodb_uri, "secret": settings.secret})


class Ready(RequestHandler):
    def get(self) -> None:
        self.finish("ready")


class Stick(RequestHandler):
    def get(self) -> None:
        time.sleep(3600)


async def prepare(settings: Settings) -> list[str]:
    assert settings.mongodb_uri and settings.secret
    return ["prepared"]


async def work(settings: Settings, stop: asyncio.Event) -> None:
    watch_parent(stop, grace_s=settings.live.drain_s + 1)
    application = Application([("/about", About), ("/readyz", Ready), ("/stick", Stick)], hub=settings)
    server = HTTPServer(application)
    server.add_sockets(bind_sockets(settings.port, settings.host, socket.AF_INET, reuse_port=True))
    await stop.wait()
    server.stop()


async def main(command: str) -> None:
    settings, stop = Settings.load(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if command == "worker":
        await work(settings, stop)
        return
    worker = ["-c", "raise SystemExit(3)"] if command == "broken" else ["-m", __spec__.name, "worker"]
    await Supervisor(settings, prepare, [sys.executable, *worker]).run(stop)


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1]))
    except (HubStopped, SettingsError, MongodError, DatabaseRefused) as error:
        sys.exit(str(error))
