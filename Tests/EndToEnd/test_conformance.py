"""Proves RFC 6455 and 7692: all 517 Autobahn cases against the real program, both roles, with and
without TLS.

Only OK counts, and INFORMATIONAL for the three cases where the suite knows no other verdict. The load
cases (9, 12, 13) take minutes: they run for the plain server here, for all with CONFORMANCE=whole
(`make conformance`).
"""

import asyncio
import contextlib
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import kosoku
import pytest

from harness.certificates import Identity
from harness.relay import Relay
from harness.server import ROOT, Server

INFORMATIONAL = {"7.1.6", "7.13.1", "7.13.2"}
LOAD = ["9.*", "12.*", "13.*"]
# All cases, and those without load.
WHOLE, LIGHT = 517, 247
IS_WHOLE = os.environ.get("CONFORMANCE") == "whole"
CLIENT = Path(
    os.environ.get("CONFORMANCE_CLIENT", ROOT / ".build/debug/ConformanceClient")
)
# Every message packed, windows kept by both ends: all that RFC 7692 has.
DEFLATE = [
    "--set", "websocket.compression=context",
    "--set", "websocket.compression_threshold_bytes=0",
]


def apart(work):
    """Runs a coroutine in a thread of its own: the browser tests keep an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()


async def results_of(awaitable):
    """Every verdict; a failure is one more way to give them."""
    try:
        return await awaitable
    except kosoku.FailureError as failure:
        return failure.results


def fault(result):
    """What is wrong with a verdict, or None."""
    verdicts = {result.behavior.value, result.behavior_close.value}
    allowed = {"OK", "INFORMATIONAL"} if result.case_id in INFORMATIONAL else {"OK"}
    return None if verdicts <= allowed else f"{' / '.join(sorted(verdicts))}: {result.result}"


def judge(results, whole):
    faults = {result.case_id: why for result in results if (why := fault(result))}
    assert not faults, f"{len(faults)} cases failed: {faults}"
    assert len(results) == (WHOLE if whole else LIGHT)


def cases_against(port, whole):
    url = f"ws://127.0.0.1:{port}/echo"
    exclude = None if whole else LOAD

    async def work():
        return await results_of(kosoku.run_fuzzingclient(url, None, exclude, concurrency=2))

    return apart(work)


def cases_for(whole, client):
    """The suite serves; `client(port)` gives the command that goes through its cases."""

    async def work():
        serving = kosoku.run_fuzzingserver(None, None if whole else LOAD, port=0)
        async with serving as suite:
            with client(suite.port) as command:
                process = await asyncio.create_subprocess_exec(
                    *map(str, command), stdout=subprocess.PIPE, stderr=subprocess.PIPE
                )
                try:
                    output, errors = await process.communicate()
                finally:
                    if process.returncode is None:
                        process.kill()
                assert process.returncode == 0, (output, errors)
                return await results_of(suite.get_result())

    return apart(work)


@pytest.mark.parametrize("compression", ["shared", "context"])
def test_the_server_is_ok_in_every_case(folder, compression):
    """Whole where each message is for itself, as the product has it; then with windows kept."""
    settings = [*DEFLATE, "--set", f"websocket.compression={compression}"]
    whole = compression == "shared" or IS_WHOLE
    with Server(folder, "--test-echo", "echo", *settings) as server:
        judge(cases_against(urlsplit(server.url).port, whole), whole)


def test_the_server_is_ok_over_tls(folder):
    identity = Identity(folder.parent / "tls")
    with Server(folder, "--test-echo", "echo", *DEFLATE, *identity.settings) as server:
        assert server.url.startswith("https://")
        with Relay("to-tls", urlsplit(server.url).port, identity.certificate) as relay:
            judge(cases_against(relay.port, IS_WHOLE), IS_WHOLE)


def test_the_client_is_ok():
    @contextlib.contextmanager
    def client(port):
        yield [CLIENT, f"ws://127.0.0.1:{port}"]

    judge(cases_for(IS_WHOLE, client), IS_WHOLE)


def test_the_client_is_ok_over_tls(folder):
    identity = Identity(folder.parent / "tls")

    @contextlib.contextmanager
    def client(port):
        with Relay("from-tls", port, identity.certificate, identity.key) as relay:
            yield [CLIENT, f"wss://127.0.0.1:{relay.port}", identity.certificate]

    judge(cases_for(IS_WHOLE, client), IS_WHOLE)
