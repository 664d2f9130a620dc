"""Going on for weeks: `kg build --watch`."""

from __future__ import annotations

import gc
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import typer

from kg.cli import terminal
from kg.errors import KgError, UsageError


def rounds(once: Callable[[], None], seconds: float) -> None:
    """Do something again and again until the process is told to stop.

    An error that a user can mend (a source that is gone for a while, a graph that another
    build has open) is told and does not end it; a wrong option does.

    Parameters
    ----------
    once : callable
        One round.
    seconds : float
        From the beginning of a round to the beginning of the next.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    with suppress(KeyboardInterrupt, terminal.InterruptionError):
        while True:
            begun = time.monotonic()
            _round(once)
            gc.collect()
            time.sleep(max(0.0, seconds - (time.monotonic() - begun)))
    terminal.say("kg: stopped; what was read is kept")


def _round(once: Callable[[], None]) -> None:
    terminal.say(f"kg: {datetime.now().astimezone():%Y-%m-%d %H:%M:%S}: reading")
    try:
        once()
    except (UsageError, terminal.InterruptionError):
        raise
    except KgError as error:
        terminal.say(f"kg: {error}")
    except typer.Exit:
        pass  # what could not be read has been told
    sys.stdout.flush()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
