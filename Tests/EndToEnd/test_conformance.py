"""Proves RFC 6455 against the real program: the Autobahn cases, all but compression (12, 13).

Only OK counts, and INFORMATIONAL for the three cases where the suite knows no other verdict.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import kosoku

from harness.server import Server

INFORMATIONAL = {"7.1.6", "7.13.1", "7.13.2"}
# 517 cases, of which 12 and 13 are 216.
CASES = 301


def run(url):
    """Every verdict, in a thread of its own: the browser tests keep an event loop in this one."""

    def cases():
        try:
            return asyncio.run(
                kosoku.run_fuzzingclient(url, None, ["12.*", "13.*"], concurrency=2)
            )
        except kosoku.FailureError as failure:
            return failure.results

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(cases).result()


def fault(result):
    """What is wrong with a verdict, or None."""
    verdicts = {result.behavior.value, result.behavior_close.value}
    allowed = {"OK", "INFORMATIONAL"} if result.case_id in INFORMATIONAL else {"OK"}
    return None if verdicts <= allowed else " / ".join(sorted(verdicts))


def test_every_case_is_ok(folder):
    with Server(folder, "--test-echo", "echo") as server:
        results = run(f"ws://{urlsplit(server.url).netloc}/echo")
    faults = {result.case_id: why for result in results if (why := fault(result))}
    assert not faults, f"{len(faults)} cases failed: {faults}"
    assert len(results) == CASES
