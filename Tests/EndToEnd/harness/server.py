"""Runs the program under test, and makes sure that nothing of it is left behind."""

import ctypes
import json
import os
import selectors
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from . import web
from .peer import Peer

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(os.environ.get("LUYAN_BIN", ROOT / ".build/release/luyan"))
PATIENCE = 30  # seconds
# So that the limits for one person do not stand in the way of a test that plays many.
PLENTY = (
    "--set", "limits.commands_per_second=100000", "--set", "limits.command_burst=100000",
    "--set", "limits.guests_per_minute=100000", "--set", "limits.code_tries_per_minute=100000",
    "--set", "limits.searches_per_minute=100000",
    # No event by the clock between those that a test counts.
    "--set", "rooms.attendance_seconds=3600",
)


class DidNotStart(Exception):
    """The program ended, or said nothing in time, before it was ready."""

    def __init__(self, code, errors):
        super().__init__(f"exit code {code}: {errors[-2000:]}")
        self.code, self.errors = code, errors


def die_with_parent():
    """The kernel kills the program when the test run dies (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def clean_environment(extra=None):
    """Ours is not the program's: an unknown LUYAN_ variable is an error to it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUYAN_")}
    return kept | (extra or {})


def luyan(*arguments, timeout=PATIENCE, environment=None, **options):
    """Runs a command of the program to its end."""
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True, text=True, timeout=timeout,
        env=clean_environment(environment), cwd=ROOT, **options,
    )


class Server:
    """`luyan serve` on a free port with a data folder; started, killed and started again."""

    def __init__(self, folder, *arguments, host="127.0.0.1", port=0, environment=None, wrapper=(),
                 before=None):
        self.folder, self.host, self.port = Path(folder), host, port
        self.arguments = list(arguments)
        self.environment, self.wrapper, self.before = environment or {}, list(wrapper), before
        self.process, self.url, self.key = None, None, None
        self.errors = tempfile.TemporaryFile()

    def _prepare(self):
        die_with_parent()
        if self.before:
            self.before()

    def start(self):
        command = [
            *self.wrapper, PROGRAM, "serve", "--data", self.folder, "--host", self.host,
            "--port", self.port, "--json", *self.arguments,
        ]
        self.process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=self.errors,
            env=clean_environment(self.environment), cwd=ROOT, preexec_fn=self._prepare,
        )
        line = self._first_line()
        try:
            ready = json.loads(line)
            assert ready["ready"] is True
        except (ValueError, KeyError, AssertionError):
            self.process.kill()
            code = self.process.wait()
            raise DidNotStart(code, line + self.log()) from None
        self.url, self.key, self.ready = ready["url"].rstrip("/"), ready.get("key"), ready
        return self

    def _first_line(self):
        end, received = time.monotonic() + PATIENCE, b""
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while b"\n" not in received and selector.select(max(0, end - time.monotonic())):
                piece = os.read(self.process.stdout.fileno(), 65536)
                if not piece:
                    code = self.process.wait(PATIENCE)
                    raise DidNotStart(code, received.decode() + self.log())
                received += piece
        return received.split(b"\n")[0].decode()

    def log(self):
        """What the program has said on its standard error so far."""
        return os.pread(self.errors.fileno(), 1 << 20, 0).decode(errors="replace")

    def kill(self):
        """As a power cut to the process: no word, no last write."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self.process.stdout.close()

    def terminate(self):
        """Asks it to drain; gives its exit code."""
        self.process.terminate()
        code = self.process.wait(PATIENCE)
        self.process.stdout.close()
        return code

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def restart(self):
        self.kill()
        return self.start()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.is_running:
            self.kill()

    # What tests ask of a server again and again

    def request(self, method, path, body=None, **options):
        return web.request(self.url, method, path, body, **options)

    def guest(self, name, **card):
        """A session of a guest: its token."""
        answer = self.request("POST", "/api/v1/session/guest", {"name": name, **card})
        assert answer.status == 201, answer
        return answer.json["token"]

    def invite(self, role, *, room=None, slot=None, name=None):
        """The token of a sign-in link made by the command line."""
        arguments = ["invite", "--data", self.folder, "--role", role, "--json"]
        for flag, value in (("--room", room), ("--slot", slot), ("--name", name)):
            if value is not None:
                arguments += [flag, value]
        done = luyan(*arguments)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["url"].partition("#")[2]

    def sign_in(self, role, *, room=None, slot=None, name="Staff"):
        """A session by such a link: its token."""
        link = self.invite(role, room=room, slot=slot, name=name)
        answer = self.request("POST", "/api/v1/session/invite", {"token": link, "name": name})
        assert answer.status in (200, 201), answer
        return answer.json["token"]

    def peer(self, token=None, **options):
        return Peer(self.url, token, **options)

    def make_room(self, organiser, *, slots=2, starts_in=0, **plan):
        """A roadshow made by an organiser's session: its id."""
        plan = {
            "title": "Roadshow", "startsAt": int(time.time() * 1000) + starts_in,
            "slots": [
                {"title": f"Project {n}", "presenters": "Ann", "pitchMinutes": 8, "qaMinutes": 7}
                for n in range(1, slots + 1)
            ],
        } | plan
        answer = self.request("POST", "/api/v1/rooms", plan, token=organiser)
        assert answer.status == 201, answer
        return answer.json["room"]
