"""Starts the servers that are measured, and the load against them."""

import contextlib
import json
import os
import pathlib
import resource
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

START_LIMIT = 20  # seconds
LOAD_LIMIT = 120  # seconds


def raise_descriptors():
    """As many connections as the system allows; children inherit it."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def pinned():
    """How to start server and load so that they do not share a processor, where there are two."""
    processors = sorted(os.sched_getaffinity(0))
    if len(processors) < 2 or not shutil.which("taskset"):
        return [], []
    return ["taskset", "-c", str(processors[0])], ["taskset", "-c", str(processors[1])]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def busy_seconds():
    """What all processors worked so far."""
    values = [int(value) for value in open("/proc/stat").readline().split()[1:9]]
    return (sum(values) - values[3] - values[4]) / os.sysconf("SC_CLK_TCK")


def process_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(options, running, arguments):
    """One run of wsload: its figures, and what else the machine did meanwhile."""
    command = [
        *options.pin[1], options.tools / "wsload", *arguments, "--port", str(running.port),
        "--pid", str(running.pid), "--warmup", "0.4", "--secs", str(options.seconds),
    ]
    others = busy_seconds() - process_seconds(running.pid)
    mine = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, timeout=LOAD_LIMIT)
    took = time.monotonic() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise RuntimeError(f"wsload {arguments[0]}: {(done.stdout + done.stderr).strip()[:300]}")
    figures = json.loads(done.stdout)
    own = used.ru_utime + used.ru_stime - mine.ru_utime - mine.ru_stime
    rest = busy_seconds() - process_seconds(running.pid) - others - own
    figures["other_cpu"] = round(max(0, rest) / took, 2)
    return figures


class Running:
    """A server that answers."""

    def __init__(self, options, process, port, folder):
        self.options, self.pid, self.port, self.folder = options, process.pid, port, folder
        self.process = process

    def file(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return str(path)


def certificate(folder):
    """A certificate for the loopback and its key, made once."""
    files = folder / "certificate.pem", folder / "key.pem"
    if not files[0].exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "30", "-subj", "/CN=localhost", "-keyout", files[1],
             "-out", files[0]],
            check=True, capture_output=True,
        )
    return files


class Server:
    """A command that serves on a port, echoing or broadcasting."""

    def __init__(self, options, tls=False):
        self.options, self.tls = options, tls

    @contextlib.contextmanager
    def started(self, mode=None):
        port = free_port()
        with tempfile.TemporaryDirectory(dir=self.options.tools) as name:
            folder = pathlib.Path(name)
            with open(folder / "log", "w", encoding="utf-8") as log:
                process = subprocess.Popen(
                    [*self.options.pin[0], *self.command(mode, port, folder)],
                    cwd=self.options.root, stdout=subprocess.DEVNULL, stderr=log,
                )
                try:
                    self.wait(process, port, folder)
                    yield self.running(process, port, folder)
                finally:
                    process.kill()
                    process.wait()

    def wait(self, process, port, folder):
        deadline = time.monotonic() + START_LIMIT
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                time.sleep(0.2)
                return
            time.sleep(0.02)
        raise RuntimeError(f"a server did not start: {(folder / 'log').read_text()[:300]}")

    def running(self, process, port, folder):
        return Running(self.options, process, port, folder)


class Native(Server):
    """The bare loop in C."""

    def command(self, mode, port, folder):
        return [self.options.tools / "raw_epoll", mode, str(port)]


class Peer(Server):
    """Somebody else's server."""

    def __init__(self, options, path, tls=False):
        super().__init__(options, tls)
        self.path = path

    def command(self, mode, port, folder):
        return [self.path, mode, str(port), *(certificate(folder) if self.tls else ())]


class Bare(Server):
    """Our transport without the product."""

    def command(self, mode, port, folder):
        return [
            self.options.binary, "serve", "--test-echo", mode, "--host", "127.0.0.1", "--port",
            str(port), "--set", "server.shards=1", *self.tls_settings(folder),
        ]

    def tls_settings(self, folder):
        if not self.tls:
            return []
        chain, key = certificate(folder)
        return ["--set", f"server.certificate={chain}", "--set", f"server.key={key}"]


class Product(Server):
    """The whole server with an empty data folder."""

    def __init__(self, options, shards=1):
        super().__init__(options)
        self.shards = shards

    def command(self, mode, port, folder):
        return [
            self.options.binary, "serve", "--data", folder / "data", "--host", "127.0.0.1",
            "--port", str(port), "--set", f"server.shards={self.shards}",
            "--set", "limits.commands_per_second=1000000", "--set", "limits.command_burst=1000000",
            "--set", "limits.guests_per_minute=1000000",
            "--set", "limits.connections_per_address=0",
        ]

    def running(self, process, port, folder):
        return RunningProduct(self.options, process, port, folder)


class RunningProduct(Running):
    """The whole server, and what is needed to use it."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def organiser_link(self):
        command = [
            self.options.binary, "invite", "--data", self.folder / "data", "--role", "organiser",
            "--json",
        ]
        done = subprocess.run(
            command, cwd=self.options.root, check=True, capture_output=True, text=True
        )
        return json.loads(done.stdout)["url"]

    def bench(self, *arguments):
        """One run of `luyan bench` in a room of its own."""
        command = [
            *self.options.pin[1], self.options.binary, "bench", "--url", self.url, "--link",
            self.organiser_link(), "--pid", str(self.pid), "--json", *arguments,
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LOAD_LIMIT)
        if done.returncode != 0:
            raise RuntimeError(f"luyan bench: {(done.stdout + done.stderr).strip()[:400]}")
        return json.loads(done.stdout)

    def room_with_member(self):
        """An open room, and a session of a guest who may chat there."""
        room = self.bench("--viewers", "1", "--senders", "1", "--rate", "10", "--seconds", "0.1")
        return room["room"], self.guest()

    def guest(self):
        """A session of a guest."""
        request = urllib.request.Request(
            f"{self.url}/api/v1/session/guest", json.dumps({"name": "bench"}).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)["token"]
