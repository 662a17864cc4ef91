"""For those who run the hub: its numbers, and the last runs of the clock's work."""

import msgspec

from handlers.base import BaseHandler
from hub.metrics import CONTENT_TYPE


class MetricsHandler(BaseHandler):
    """`GET /metrics`: Prometheus' text format, for a key with the scope `admin`."""

    async def get(self) -> None:
        """Tell the numbers of all processes of this host."""
        self.set_header("Content-Type", CONTENT_TYPE)
        self.finish(self.hub.metrics.exposition())


class JobsHandler(BaseHandler):
    """`GET /api/jobs`: each job's crontab text and last runs, the newest first."""

    async def get(self) -> None:
        """List them."""
        records = await self.hub.store.job_records.all()
        self.answer(
            [
                {"name": record.id, "crontab": record.crontab, "runs": msgspec.to_builtins(record.runs[::-1])}
                for record in records
            ]
        )
