"""What guests said of their tickets, for the organiser."""

from handlers.http.base import BaseHandler
from hub.model.feedback import Feedback

TEXTS = 100


class FeedbackHandler(BaseHandler):
    """`/api/events/{uuid}/feedback`."""

    async def get(self, event_id: str) -> None:
        """Return how many said that their ticket worked, how many that it did not, and the newest texts."""
        event, kept = await self.hub.events.get(event_id), self.hub.store.feedback
        worked, failed = await kept.count(event.id, worked=True), await kept.count(event.id, worked=False)
        texts = await kept.latest_texts(event.id, TEXTS)
        counts = {"event": event.id, "answers": worked + failed, "worked": worked, "failed": failed}
        self.answer({**counts, "texts": [_describe(each) for each in texts]})


def _describe(feedback: Feedback) -> dict[str, object]:
    """Return an answer without its ticket: the organiser learns what went wrong, not for whom."""
    return {"worked": feedback.worked, "text": feedback.text, "at": feedback.answered_at}
