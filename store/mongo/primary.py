"""Primary of a replica set: waited for through elections and restarts; what no waiting mends is refused in a line."""

import asyncio
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from pymongo.errors import ConfigurationError, OperationFailure, PyMongoError
from pymongo.server_description import ServerDescription
from pymongo.uri_parser import parse_uri

from store.mongo.connection import Client

UNAUTHORIZED = 13
LOGIN_REFUSED = frozenset({18, 8000})
"""AuthenticationFailed, and the code that Atlas has for it."""
SAY_EVERY_S = 3.0
UNKNOWN_FOR_S = 30.0
"""How long no host's name may be known before the setting is taken for wrong."""
LONGEST_PROBLEM = 160
TOO_OLD = "wire version"
"""In the driver's refusal of a server that is older, or newer, than it knows."""
ROLES: Mapping[str, str] = {"RSPrimary": "primary", "RSSecondary": "secondary", "RSArbiter": "arbiter"}
STANDALONE = (
    "HUB_MONGODB_URI must name a replica set or a sharded cluster: "
    "a standalone server has no transactions, change streams or majority writes"
)

Waiting = Callable[[str], None]
"""Is called every few seconds with the state of each host, in one line."""


Refusal = Literal["uri", "old", "login", "rights", "standalone"]
"""Why a database is refused, for programs: its URI, its version, its login or the login's rights, no replica set."""


class DatabaseRefused(Exception):
    """Error of a database that cannot be used as it is set up; the text is one line for a person."""

    def __init__(self, text: str, why: Refusal = "uri") -> None:
        super().__init__(text)
        self.why: Refusal = why


async def wait_for_primary(
    uri: str, database: str, waiting: Waiting, *, every_s: float = SAY_EVERY_S, unknown_for_s: float = UNKNOWN_FOR_S
) -> None:
    """Return once the replica set of `uri` has a primary that lets its login into `database`.

    Raises `DatabaseRefused` where no waiting helps: no replica set, one of another name, a login that is refused, hosts
    whose names are unknown for `unknown_for_s`.
    """
    now = asyncio.get_running_loop().time
    until = now() + unknown_for_s
    with _connected(uri, every_s) as client:
        while True:
            again_at = now() + every_s
            problem = await _problem_of(client, database)
            if problem is None:
                return
            servers = list(client.delegate.topology_description.server_descriptions().values())
            if not servers:  # those that are of another set are left out
                raise DatabaseRefused(await _why_no_member(client, uri))
            unknown = [server.address[0] for server in servers if not await has_known_name(server)]
            if len(unknown) == len(servers) and now() >= until:
                raise DatabaseRefused(f"HUB_MONGODB_URI: no such host: {', '.join(sorted(unknown))}; check the names")
            waiting("; ".join([*map(_state_of, servers), *problem]))
            await asyncio.sleep(again_at - now())


@contextmanager
def _connected(uri: str, every_s: float, **options: Any) -> Iterator[Client]:
    with settings_refused():
        client = Client(uri, serverSelectionTimeoutMS=int(every_s * 1000), connectTimeoutMS=2000, **options)
    try:
        yield client
    finally:
        client.close()


async def _problem_of(client: Client, database: str) -> list[str] | None:
    """Return why no primary takes us, as far as its hosts' states do not show it; None where one does."""
    try:
        with settings_refused(), rights_refused(database):
            hello = await client.admin.command("hello")
            await client[database].meta.find_one({})
    except PyMongoError as error:
        return [] if error.timeout else [_short(error)]
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise DatabaseRefused(STANDALONE, "standalone")
    return None


async def _why_no_member(client: Client, uri: str) -> str:
    """Return why no host is a member of the set that the URI names."""
    wanted = client.delegate.topology_description.replica_set_name
    host, port = parse_uri(uri)["nodelist"][0]
    with _connected(f"mongodb://{host}:{port}", SAY_EVERY_S, directConnection=True) as single:
        try:
            hello = await single.admin.command("hello")
        except PyMongoError as error:
            return f"HUB_MONGODB_URI: no host is of the replica set {wanted} ({_short(error)})"
    if "setName" not in hello:
        return STANDALONE
    return f"HUB_MONGODB_URI: {host}:{port} is of the replica set {hello['setName']}, not {wanted}: set replicaSet= so"


@contextmanager
def settings_refused() -> Iterator[None]:
    """Raise `DatabaseRefused` for a URI that is none, or one that contradicts what the server is."""
    try:
        yield
    except (ConfigurationError, ValueError) as error:
        why: Refusal = "old" if TOO_OLD in str(error) else "uri"
        raise DatabaseRefused(f"HUB_MONGODB_URI cannot be used: {_short(error)}", why) from error


@contextmanager
def rights_refused(database: str) -> Iterator[None]:
    """Raise `DatabaseRefused` for a login that is refused, or that may not do what a hub does."""
    try:
        yield
    except OperationFailure as error:
        if error.code in LOGIN_REFUSED:
            text = "HUB_MONGODB_URI: its login is refused: check user, password, authSource"
            raise DatabaseRefused(text, "login") from error
        if error.code == UNAUTHORIZED:
            may = f"it needs the roles readWrite and dbAdmin of the database {database}"
            raise DatabaseRefused(f"HUB_MONGODB_URI: its login lacks rights: {may}", "rights") from error
        raise


def _state_of(server: ServerDescription) -> str:
    if server.error is not None:  # its text begins with the address
        return _short(server.error)
    host, port = server.address
    return f"{host}:{port}: {ROLES.get(server.server_type_name, 'no answer yet')}"


async def has_known_name(server: ServerDescription) -> bool:
    """Return whether a host's name is known, or may be once a name server answers."""
    try:
        await asyncio.get_running_loop().getaddrinfo(*server.address)
    except socket.gaierror as error:
        return error.errno != socket.EAI_NONAME
    except UnicodeError:  # no name server is asked for a name with an empty label, or one that is too long
        return False
    return True


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text.split(" (configured timeouts")[0].split(", full error")[0][:LONGEST_PROBLEM]
