"""Medians of what was measured, as a Markdown table and as values."""

import os
import platform
import statistics


def median(rows, key):
    return statistics.median(row[key] for row in rows)


class Table:
    def __init__(self, options):
        self.rows = []
        self.failures = []
        self.values = {
            "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.release()}",
            "rounds": options.rounds,
            "seconds": options.seconds,
            "rows": [],
            "failures": self.failures,
        }

    def add(self, name, who, figure, ratio, more, raw):
        self.rows.append((name, who, figure, ratio, more))
        self.values["rows"].append({"row": name, "server": who, **raw})

    def compare(self, name, results, against):
        """Rates and the server's time a message; ratios are of medians, to one of the servers."""
        base_rate = median(results[against], "msgs_s")
        base_cost = median(results[against], "srv_us_per_msg")
        for who, runs in results.items():
            rate, cost = median(runs, "msgs_s"), median(runs, "srv_us_per_msg")
            ratio = cost_ratio = None
            if who != against:
                ratio, cost_ratio = round(rate / base_rate, 2), round(base_cost / cost, 2)
            rates = [run["msgs_s"] for run in runs]
            raw = {
                "messagesPerSecond": round(rate), "least": min(rates), "most": max(rates),
                "microsecondsPerMessage": round(cost, 3), "rateRatio": ratio,
                "costRatio": cost_ratio, "p50": median(runs, "p50_us"),
                "p99": median(runs, "p99_us"), "serverPercent": median(runs, "srv_cpu_pct"),
                "loadPercent": median(runs, "client_cpu_pct"),
                "otherCPU": median(runs, "other_cpu"),
            }
            shown = "" if ratio is None else f"{ratio:.2f} by rate, {cost_ratio:.2f} by CPU"
            more = f"p50 {raw['p50'] / 1000:.2f}, p99 {raw['p99'] / 1000:.2f} ms"
            self.add(name, who, f"{rate:,.0f}/s, {cost:.2f} us each", shown, more, raw)

    def viewers(self, runs):
        for key, name in {"joinMs": "joining, 1,000 viewers", "deliveryMs": "delivery, 10/s to 1,000"}.items():
            values = {share: statistics.median(run[key][share] for run in runs)
                      for share in ("p50", "p95", "p99")}
            shown = ", ".join(f"{share} {value:.2f}" for share, value in values.items()) + " ms"
            cost = median(runs, "cpuMicrosecondsPerDelivery")
            more = f"{cost:.2f} us server CPU a delivery" if key == "deliveryMs" else ""
            self.add(name, "luyan", shown, "", more, {**values, "cpuMicrosecondsPerDelivery": cost})

    def idle(self, name, run):
        figure = f"{run['bytes_per_conn']:,.0f} B each"
        more = f"{run['alive']:,} alive, {run['rss_kb']:,} KiB, {run['idle_cpu_pct']:.1f} % CPU"
        self.add(f"{run['conns']:,} idle", name, figure, "", more, run)

    def append(self, row):
        name = f"durable appends, {row['writers']} writer{'s' if row['writers'] > 1 else ''}"
        self.add(name, "C", f"{row['c']:,}/s", "", "", {"appendsPerSecond": row["c"]})
        self.add(name, "luyan", f"{row['store']:,}/s", f"{row['ratio']:.2f} by rate", "",
                 {"appendsPerSecond": row["store"], "rateRatio": row["ratio"]})

    def could_not(self, name, why):
        self.failures.append({"row": name, "why": f"{type(why).__name__}: {why}"[:500]})

    def markdown(self):
        lines = [f"{self.values['machine']}; medians of {self.values['rounds']} rounds", "",
                 "| row | server | figure | ratio | more |", "| --- | --- | --- | --- | --- |"]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        for failure in self.failures:
            lines.append(f"\nCould not be run: {failure['row']}: {failure['why']}")
        return "\n".join(lines)
