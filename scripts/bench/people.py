"""Accounts at a size: signing in and searching among 100,000, and how a flood of sign-ins weighs on a room."""

import contextlib
import http.client
import json
import os
import random
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

from attacks import MEMBERS, beside, members, p99, trips
from servers import Product

ACCOUNTS = 100_000
PASSWORD = "correct horse battery"
FLOODERS = 16  # connections that sign in as fast as they are answered
SIGN_INS = 100  # measured, one after another
SEARCHES = 1000
GOAL = 1.5
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"


class Peopled(Product):
    """With accounts that share one password, and limits that let one address try on."""

    def command(self, mode, port, folder):
        self.fill(folder / "data", super().command(mode, port, folder))
        free = ["limits.tries_per_address=1000000", "limits.tries_per_account=1000000"]
        return [
            *super().command(mode, port, folder),
            *(word for setting in free for word in ("--set", setting)),
        ]

    def fill(self, data, command):
        """The store's own first account, an operator; then copies of it, under other names."""
        first = subprocess.Popen(
            command, cwd=self.options.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        first.stdout.readline()
        first.terminate()
        first.wait()
        first.stdout.close()
        subprocess.run(
            [self.options.binary, "user", "add", "first@example.org", "--name", "First",
             "--operator", "--data", data],
            input=PASSWORD + "\n", text=True, check=True, capture_output=True,
        )
        database = sqlite3.connect(data / "people.sqlite")
        with contextlib.closing(database), database:
            (password,) = database.execute("SELECT password FROM accounts").fetchone()
            (last,) = database.execute("SELECT max(id) FROM persons").fetchone()
            columns = [row[1] for row in database.execute("PRAGMA table_info(persons)")]
            others = ", ".join(name for name in columns if name not in ("id", "name", "secret", "operator"))
            database.executemany(
                f"INSERT INTO persons (id, name, secret, operator, {others})"
                f" SELECT ?, ?, randomblob(32), 0, {others} FROM persons WHERE id = {last}",
                ((last + n, name_of(n)) for n in range(1, ACCOUNTS)),
            )
            database.executemany(
                "INSERT INTO accounts (person, contact, password, created) VALUES (?, ?, ?, 0)",
                ((last + n, contact_of(n), password) for n in range(1, ACCOUNTS)),
            )


def name_of(number):
    return f"{SURNAMES[number % len(SURNAMES)]}{number:06}"


def contact_of(number):
    return f"p{number:06}@example.org"


def people(options, table):
    with Peopled(options).started() as running, beside(options):
        signed_in = sign_ins(running)
        figure(table, f"sign-in, {ACCOUNTS:,} accounts", signed_in, "one after another")
        found = searches(running, sign_in(running.port, "first@example.org"))
        figure(table, f"people search, {ACCOUNTS:,} accounts", found, "by the beginning of a name")
        flooded(options, running, table)


def figure(table, name, times, how):
    middle = statistics.median(times)
    table.add(
        name, "luyan", f"p50 {middle:.2f}, p99 {p99(times):.2f} ms", f"{len(times)}, {how}",
        {"p50": middle, "p99": p99(times), "count": len(times)},
    )


def sign_in(port, contact, password=PASSWORD, connection=None):
    """The session's token; `None` where it was refused."""
    own = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    own.request("POST", "/api/v1/session/password",
                json.dumps({"contact": contact, "password": password}),
                {"Content-Type": "application/json"})
    answer = own.getresponse()
    body = answer.read()
    if answer.status not in (200, 201, 403):
        raise RuntimeError(f"signing in: {answer.status} {body[:200]}")
    return json.loads(body).get("token") if answer.status != 403 else None


def sign_ins(running):
    times = []
    for _ in range(SIGN_INS):
        contact, start = contact_of(random.randrange(1, ACCOUNTS)), time.monotonic()
        if not sign_in(running.port, contact):
            raise RuntimeError("a right password was refused")
        times.append((time.monotonic() - start) * 1000)
    return times


def searches(running, token):
    times = []
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)
    for _ in range(SEARCHES):
        number = random.randrange(1, ACCOUNTS)
        wanted = random.choice([name_of(number)[:3], name_of(number), contact_of(number)[:5]])
        start = time.monotonic()
        connection.request("GET", "/api/v1/people?" + urllib.parse.urlencode({"q": wanted}),
                           headers={"Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        body = json.loads(answer.read())
        times.append((time.monotonic() - start) * 1000)
        if not body.get("people"):
            raise RuntimeError(f"nobody was found by {wanted!r}: {answer.status}")
    return times


def flooded(options, running, table):
    """A member's commands beside a flood of sign-ins, against the same without one."""
    room, token = running.room_with_member()
    tokens = [token, *(running.guest() for _ in range(1, MEMBERS))]
    calm, stormy, tries = [], [], 0
    for _ in range(options.rounds):
        with members(running, tokens, room) as crowd:
            calm += trips(crowd, room, options.seconds)
        with flood(running.port) as told, members(running, tokens, room) as crowd:
            stormy += trips(crowd, room, options.seconds)
            tries += told()
    ratio = round(p99(stormy) / p99(calm), 2)
    middle = round(statistics.median(stormy) / statistics.median(calm), 2)
    table.add(
        "chat under a flood of sign-ins", "luyan", f"p99 {p99(stormy):.2f} ms",
        f"{ratio:.2f} of calm (goal: {GOAL}); calm p99 {p99(calm):.2f} ms; p50 {middle:.2f};"
        f" {tries} tries, one of three right",
        {"p99": p99(stormy), "calmP99": p99(calm), "p99Ratio": ratio, "p50Ratio": middle,
         "goal": GOAL, "tries": tries, "commands": len(stormy)},
    )


@contextlib.contextmanager
def flood(port):
    """Signs in from a process of its own; what is given tells how many tries were answered."""
    process = subprocess.Popen(
        [sys.executable, __file__, str(port)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )

    def told():
        process.stdin.write("\n")
        process.stdin.flush()
        return int(process.stdout.readline())

    try:
        process.stdout.readline()
        yield told
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def main(port):
    # Whoever looks on goes first where both need one processor.
    os.nice(10)
    answered = [0] * FLOODERS

    def run(place):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            password = PASSWORD if random.randrange(3) == 0 else "wrong " + PASSWORD
            sign_in(port, contact_of(random.randrange(1, ACCOUNTS)), password, connection)
            answered[place] += 1

    for place in range(FLOODERS):
        threading.Thread(target=run, args=(place,), daemon=True).start()
    while sum(answered) < FLOODERS:
        time.sleep(0.05)
    print("under way", flush=True)
    before = sum(answered)
    sys.stdin.readline()
    print(sum(answered) - before, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
