"""Rival servers: two on the same loop and framework that do less for each request.

python -m bench.rivals bare|update PORT     the database's URI in BENCH_MONGODB_URI
"""

import asyncio
import os
import signal
import sys

import msgspec
import uvloop
from pymongo import WriteConcern
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from store.mongo.connection import Client, Collection

DATABASE, COLLECTION = "bench", "codes"
ANSWER = b'{"success":true,"message":"Ticket successfully scanned","code":"admitted","filler":"%s"}' % (b"." * 500)
"""As long as the hub's."""


class BareHandler(RequestHandler):
    """Handler that does nothing: the cost of Tornado itself."""

    def post(self) -> None:
        """Answer."""
        self.set_header("Content-Type", "application/json")
        self.finish(ANSWER)


class UpdateHandler(RequestHandler):
    """Handler that marks the code as used by one `find_one_and_update`: the least for a scan, without any promise."""

    def initialize(self, codes: Collection) -> None:
        """Take the collection."""
        self._codes = codes

    async def post(self) -> None:
        """Mark it, and answer once a majority has it."""
        code = msgspec.json.decode(self.request.body)["qrcode_data"]
        found = await self._codes.find_one_and_update({"_id": code, "used": False}, {"$set": {"used": True}})
        self.set_header("Content-Type", "application/json")
        self.finish(ANSWER if found else b'{"success":false}')


def connect(uri: str) -> Collection:
    """Return the collection of codes, written by majority."""
    client = Client(uri, io_loop=asyncio.get_running_loop())
    return client[DATABASE].get_collection(COLLECTION, write_concern=WriteConcern("majority", j=True))


async def serve(kind: str, port: int) -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    update = {"codes": connect(os.environ["BENCH_MONGODB_URI"])} if kind == "update" else {}
    handler: type[RequestHandler] = UpdateHandler if kind == "update" else BareHandler
    application = Application([("/scan/ticket/", handler, update)], log_function=lambda _: None)
    server = HTTPServer(application)
    server.add_sockets(bind_sockets(port, "127.0.0.1", reuse_port=True))
    await stop.wait()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1], int(sys.argv[2])))
