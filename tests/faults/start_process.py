"""A start that is killed: `prepare` on the database and folder that its arguments name."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

from hub.process.bootstrap import prepare
from hub.settings import Settings
from store import migrations

if __name__ == "__main__":
    uri, database, data, secret = sys.argv[1:]
    migrations.LEASE_LASTS = timedelta(seconds=0.1)
    asyncio.run(prepare(Settings(data=Path(data), mongodb_uri=uri, database=database, secret=secret)))
