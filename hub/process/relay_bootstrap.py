"""Bootstrap of a relay, once before it serves: its own database, its login, the role, and the copy of its event."""

import structlog

from hub.app import START_WITHIN_S
from hub.model.relay.documents import RelayCopy
from hub.process.bootstrap import MadeCredentials, check_certificate, first_user, prepare_database
from hub.process.supervisor import HubStopped
from hub.relay.client import LineDown, UpstreamRefusal
from hub.relay_app import RelayHub
from hub.settings import Settings
from hub.tasks import retry

log = structlog.get_logger(__name__)


async def prepare_relay(settings: Settings) -> list[str]:
    """Make a relay ready to serve; return what to print. Raises `HubStopped` where the hub does not let it join."""
    check_certificate(settings)
    hub, made = RelayHub(settings), MadeCredentials()
    try:
        lines = await retry(lambda: _prepare(hub, made), within_s=START_WITHIN_S, what="prepare the database")
        copy = await _join(hub)
        event = await hub.store.events.find(copy.id)
        return [*lines, *_next_steps(settings, event.name if event is not None else copy.id)]
    finally:
        await hub.stop()


async def _prepare(hub: RelayHub, made: MadeCredentials) -> list[str]:
    lines = await prepare_database(hub)
    return lines + await first_user(hub, made)


async def _join(hub: RelayHub) -> RelayCopy:
    try:
        return await hub.join()
    except LineDown as error:
        raise HubStopped(
            f"the hub {hub.settings.upstream} does not answer, and there is no copy yet: {error}"
        ) from error
    except UpstreamRefusal as refusal:
        raise HubStopped(f"the hub refuses this relay: {refusal.message}") from refusal


def _next_steps(settings: Settings, event: str) -> list[str]:
    return [
        f"relay {settings.relay_name} of {settings.upstream} for {event}",
        f"doors:     {settings.base_url}/scanner",
        f"dashboard: {settings.base_url}/events",
    ]
