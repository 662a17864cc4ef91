"""The alerts that stand, over REST (booking-api.md, running an event)."""

from handlers.http.base import BaseHandler
from hub.alerts.service import describe_alert


class AlertsHandler(BaseHandler):
    """`/api/events/{uuid}/alerts`."""

    async def get(self, event_id: str) -> None:
        """List what is the matter now with an event's devices, doors and limits, the oldest first."""
        event = await self.hub.events.get(event_id)
        devices = await self.hub.devices.all(event_id)
        alerts = await self.hub.store.alerts.of_event(event_id)
        self.answer([describe_alert(alert, devices, event) for alert in alerts])
