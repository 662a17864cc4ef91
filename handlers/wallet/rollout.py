"""Rollout of an event's passes over REST: its funnel, waves, and the stop (docs/wallet.md, Waves)."""

from handlers.http.base import BaseHandler
from handlers.http.operation import operation
from hub.tickets.rollout import RolloutAnswer
from hub.tickets.waves import WaveForm, read_wave


class RolloutBase(BaseHandler):
    """Base of paths that answer with a rollout."""

    async def answer_rollout(self, event_id: str, status: int = 200) -> None:
        """Answer with an event's rollout. Raises `NotFound`."""
        rollout = await self.hub.rollout.describe(event_id, has_mail=self.hub.sends_mail)
        self.set_header("Cache-Control", "no-store")
        self.answer(rollout, status)


class RolloutHandler(RolloutBase):
    """`/api/events/{uuid}/wallet`."""

    @operation("get_wallet_rollout", answer=RolloutAnswer)
    async def get(self, event_id: str) -> None:
        """Return the rollout with its funnel."""
        await self.answer_rollout(event_id)


class WavesHandler(RolloutBase):
    """`/api/events/{uuid}/wallet/waves`."""

    @operation(
        "start_wallet_wave",
        body=WaveForm,
        answer=RolloutAnswer,
        status=201,
        refuses=("wallet_on", "too_many_waves", "no_mail", "conflict"),
    )
    async def post(self, event_id: str) -> None:
        """Start a wave, and return the rollout."""
        form = read_wave(self.json_body(), has_mail=self.hub.sends_mail)
        await self.hub.rollout.start_wave(event_id, form)
        await self.answer_rollout(event_id, 201)


class RolloutActionHandler(RolloutBase):
    """`/api/events/{uuid}/wallet/stop|resume`."""

    @operation("{action}_wallet_offer", answer=RolloutAnswer, refuses=("wallet_on", "conflict"))
    async def post(self, event_id: str, action: str) -> None:
        """Stop or resume the offer, and return the rollout."""
        acts = {"stop": self.hub.rollout.stop, "resume": self.hub.rollout.resume}
        await acts[action](event_id)
        await self.answer_rollout(event_id)
