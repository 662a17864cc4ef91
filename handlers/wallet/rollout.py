"""Rollout of an event's passes over REST: its funnel, waves, and the stop (docs/wallet.md, Waves)."""

from handlers.http.base import BaseHandler
from hub.tickets.waves import read_wave


class RolloutBase(BaseHandler):
    """Base of paths that answer with a rollout."""

    async def answer_rollout(self, event_id: str, status: int = 200) -> None:
        """Answer with an event's rollout. Raises `NotFound`."""
        rollout = await self.hub.rollout.describe(event_id, has_mail=self.hub.sends_mail)
        self.set_header("Cache-Control", "no-store")
        self.answer(rollout, status)


class RolloutHandler(RolloutBase):
    """`/api/events/{uuid}/wallet`."""

    async def get(self, event_id: str) -> None:
        """Return the rollout with its funnel."""
        await self.answer_rollout(event_id)


class WavesHandler(RolloutBase):
    """`/api/events/{uuid}/wallet/waves`."""

    async def post(self, event_id: str) -> None:
        """Start a wave, and return the rollout."""
        form = read_wave(self.json_body(), has_mail=self.hub.sends_mail)
        await self.hub.rollout.start_wave(event_id, form)
        await self.answer_rollout(event_id, 201)


class RolloutActionHandler(RolloutBase):
    """`/api/events/{uuid}/wallet/stop|resume`."""

    async def post(self, event_id: str, action: str) -> None:
        """Stop or resume the offer, and return the rollout."""
        acts = {"stop": self.hub.rollout.stop, "resume": self.hub.rollout.resume}
        await acts[action](event_id)
        await self.answer_rollout(event_id)
