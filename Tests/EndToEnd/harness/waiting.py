"""Waits for what no event tells: a line in a log, a number of the system's."""

import select
import time

PATIENCE = 20  # seconds
STEP = 0.02


def until(holds, what="the condition", patience=PATIENCE):
    """Asks again and again, at most so long."""
    end = time.monotonic() + patience
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come within {patience} s")
        select.select([], [], [], STEP)
