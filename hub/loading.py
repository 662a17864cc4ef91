"""Lazy loading of libraries that few hubs need, and none at once: a process starts sooner without them, and smaller."""

import asyncio
import sys
from importlib import import_module


async def load(module: str) -> None:
    """Load a module in a thread, unless it is loaded: the `import` that follows in a function then takes no time.

    A large library takes a tenth of a second, in which no door would be answered.
    """
    if module not in sys.modules:
        await asyncio.to_thread(import_module, module)
