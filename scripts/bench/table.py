"""Medians of what was measured, as Markdown tables and as values."""

import os
import platform
import statistics


def median(rows, key):
    return statistics.median(row.get(key, 0) for row in rows)


def rate_of(run):
    return run["churn_s"] if "churn_s" in run else run["msgs_s"]


def cost_of(run):
    return run["srv_us_per_conn"] if "srv_us_per_conn" in run else run["srv_us_per_msg"]


def short(rate):
    if rate >= 1e6:
        return f"{rate / 1e6:.2f}M"
    return f"{rate / 1e3:.1f}k" if rate >= 1e4 else f"{rate:,.0f}"


class Table:
    def __init__(self, options):
        self.options = options
        # Workload -> server -> (rate, cost).
        self.compared = {}
        self.rows = []
        self.failures = []
        self.values = {
            "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.release()}",
            "rounds": options.rounds,
            "seconds": options.seconds,
            "rows": [],
            "failures": self.failures,
        }

    def add(self, name, who, figure, more, raw):
        self.rows.append((name, who, figure, more))
        self.values["rows"].append({"row": name, "server": who, **raw})

    def compare(self, name, results):
        """Rates and the server's time a message (or connection), of all servers side by side."""
        self.compared[name] = {}
        for who, runs in results.items():
            rate = statistics.median(map(rate_of, runs))
            cost = statistics.median(map(cost_of, runs))
            self.compared[name][who] = (rate, cost)
            self.values["rows"].append({
                "row": name, "server": who, "perSecond": round(rate),
                "least": min(map(rate_of, runs)), "most": max(map(rate_of, runs)),
                "microseconds": round(cost, 3),
                "leastMicroseconds": min(map(cost_of, runs)),
                "mostMicroseconds": max(map(cost_of, runs)),
                "p50": median(runs, "p50_us"), "p99": median(runs, "p99_us"),
                "serverPercent": median(runs, "srv_cpu_pct"),
                "loadPercent": median(runs, "client_cpu_pct"),
                "otherCPU": median(runs, "other_cpu"),
            })

    def chat(self, name, results):
        """A room against the bare transport; ratios are of medians."""
        (bare_rate, bare_cost), (rate, cost) = [
            (median(results[who], "msgs_s"), median(results[who], "srv_us_per_msg"))
            for who in ("bare", "room")
        ]
        raw = {
            "perSecond": round(rate), "microseconds": round(cost, 3),
            "rateRatio": round(rate / bare_rate, 2), "costRatio": round(bare_cost / cost, 2),
            "bareMicroseconds": round(bare_cost, 3),
        }
        ratio = f"{raw['rateRatio']:.2f} by rate, {raw['costRatio']:.2f} by CPU"
        figure = f"{short(rate)} deliveries/s, {cost:.2f} us each"
        self.add(name, "luyan, of bare", figure, ratio, raw)

    def viewers(self, runs):
        names = {"joinMs": "joining, 1,000 viewers", "deliveryMs": "delivery, 10/s to 1,000"}
        for key, name in names.items():
            values = {share: statistics.median(run[key][share] for run in runs)
                      for share in ("p50", "p95", "p99")}
            shown = ", ".join(f"{share} {value:.1f}" for share, value in values.items()) + " ms"
            cost = median(runs, "cpuMicrosecondsPerDelivery")
            more = f"{cost:.2f} us server CPU a delivery" if key == "deliveryMs" else ""
            self.add(name, "luyan", shown, more, {**values, "cpuMicrosecondsPerDelivery": cost})

    def bare_scale(self, run):
        self.add(
            f"{run['conns']:,} connections, 10 messages/s, bare", "C",
            f"delivery p50 {run['p50_us'] / 1000:.0f}, p99 {run['p99_us'] / 1000:.0f} ms",
            f"{run['srv_cpu_pct']:.0f} % of a core", run,
        )

    def scale(self, run):
        name = f"one room, {run['viewers']:,} viewers, 10 messages/s"
        delivery, answer = run["deliveryMs"], run["stormAnswerMs"]
        self.add(
            name, "luyan",
            f"delivery p50 {delivery['p50']:.0f}, p95 {delivery['p95']:.0f}, "
            f"p99 {delivery['p99']:.0f} ms",
            f"{run['lost']} lost, {run['missing']} missing, "
            f"{run['bytesPerConnection']:,} B a viewer, {run['cpuPercent']:.0f} % of a core", run,
        )
        self.add(
            "all of them cut off, back within 10 s", "luyan",
            f"{run['stormJoined']:,} back after {run['stormMs'] / 1000:.1f} s, "
            f"join p95 {run['stormJoinMs']['p95']:.0f} ms",
            f"{run['stormAccepted']} of {run['stormSent']} commands meanwhile, "
            f"answered p50 {answer['p50']:.0f}, p95 {answer['p95']:.0f} ms", {},
        )

    def idle(self, name, run):
        figure = f"{run['bytes_per_conn']:,.0f} B each"
        more = f"{run['alive']:,} alive, {run['rss_kb']:,} KiB, {run['idle_cpu_pct']:.1f} % CPU"
        self.add(f"{run['conns']:,} idle", name, figure, more, run)

    def append(self, row):
        name = f"durable appends, {row['writers']} writer{'s' if row['writers'] > 1 else ''}"
        self.add(name, "luyan, of C", f"{row['store']:,}/s", f"{row['ratio']:.2f} of C", row)

    def could_not(self, name, why):
        self.failures.append({"row": name, "why": f"{type(why).__name__}: {why}"[:500]})

    def matrix(self):
        """Workloads down, servers across: rate, and microseconds of the server a message."""
        servers = list(dict.fromkeys(who for row in self.compared.values() for who in row))
        head = ["", *servers]
        if "uWebSockets" in servers:
            head.append("uWebSockets' CPU / luyan's")
        lines = ["| " + " | ".join(head) + " |", "| --- " * len(head) + "|"]
        for name, row in self.compared.items():
            cells = [name]
            for who in servers:
                rate, cost = row.get(who, (None, None))
                cells.append("" if rate is None else f"{short(rate)} ({cost:.3g})")
            if "uWebSockets" in servers:
                both = "uWebSockets" in row and "luyan" in row
                cells.append(f"{row['uWebSockets'][1] / row['luyan'][1]:.2f}" if both else "")
            lines.append("| " + " | ".join(cells) + " |")
        return lines

    def markdown(self):
        lines = [f"{self.values['machine']}; medians of {self.values['rounds']} rounds", ""]
        if self.compared:
            lines += ["Messages or connections a second (microseconds of the server's CPU each):",
                      "", *self.matrix(), ""]
        if self.rows:
            lines += ["| row | server | figure | more |", "| --- | --- | --- | --- |"]
            lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        for failure in self.failures:
            lines.append(f"\nCould not be run: {failure['row']}: {failure['why']}")
        return "\n".join(lines)

    def document(self):
        return (
            "# Figures\n\nOne run of `make bench ARGS=--publish PEERS=…`: servers on one virtual "
            "processor, the load on\nthe other, in alternating rounds. Compare within a row; rates "
            "of other days or machines say nothing.\n\n" + self.markdown() + "\n"
        )
