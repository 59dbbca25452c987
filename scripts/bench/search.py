#!/usr/bin/env python3
"""Ways to split Chinese for full-text search, compared on papers whose keywords are known.

    scripts/bench/search.py papers.tsv [--texts 300000]

The papers are the CSL dataset's (Li et al., COLING 2022, Apache License 2.0): title, abstract, keywords
separated by `;`. Each keyword is a query, and a hit is the paper that has it. Words are ICU's (its
dictionary), where the library is installed.
"""

import argparse
import contextlib
import ctypes
import ctypes.util
import csv
import glob
import os
import random
import re
import sqlite3
import statistics
import tempfile
import time
import unicodedata

SEED = 1
RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\W_\u3400-\u9fff]+")
BATCH = 10_000


def folded(text):
    return unicodedata.normalize("NFKC", text).lower()


def is_han(run):
    return unicodedata.name(run[0], "").startswith("CJK")


def bigrams(text):
    """Pairs of Chinese characters that overlap, the last of a run by itself; other words whole."""
    for run in RUN.findall(folded(text)):
        if is_han(run):
            yield from (run[at : at + 2] for at in range(len(run)))
        else:
            yield run


class Words:
    """ICU's word boundaries, by its C interface."""

    def __init__(self):
        found = sorted(glob.glob("/usr/lib/*/libicuuc.so.*"))
        if not found:
            raise OSError("no libicuuc")
        library = ctypes.CDLL(found[0])
        version = re.search(r"\.so\.(\d+)", found[0])[1]
        self.call = lambda name: getattr(library, f"{name}_{version}")
        opening = self.call("ubrk_open")
        opening.restype = ctypes.c_void_p
        opening.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p]
        self.error = ctypes.c_int(0)
        self.breaks = opening(1, b"zh", None, 0, ctypes.byref(self.error))
        self.set_text = self.call("ubrk_setText")
        self.set_text.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self.next = self.call("ubrk_next")
        self.next.argtypes = [ctypes.c_void_p]

    def __call__(self, text):
        units = folded(text).encode("utf-16-le")
        self.set_text(self.breaks, units, len(units) // 2, ctypes.byref(self.error))
        start = 0
        while (end := self.next(self.breaks)) >= 0:
            word = units[2 * start : 2 * end].decode("utf-16-le", "replace")
            start = end
            if any(letter.isalnum() for letter in word):
                yield word


def quoted(words):
    return '"' + " ".join(words).replace('"', " ") + '"'


class Way:
    """How texts are split, and a query asked."""

    tokenizer = "unicode61"
    columns = ("words",)

    def __init__(self, split):
        self.split = split

    def rows(self, text):
        return (" ".join(self.split(text)),)

    def exact(self, query):
        """The query's words side by side; the last character of a Chinese run begins a pair."""
        words = list(self.split(query))
        return quoted(words) if words else None

    def loose(self, query):
        return " OR ".join(quoted([word]) for word in self.split(query)) or None


class Trigram(Way):
    tokenizer = "trigram"

    def __init__(self):
        super().__init__(lambda text: [folded(text)])

    def loose(self, query):
        text = folded(query)
        return " OR ".join(quoted([text[at : at + 3]]) for at in range(len(text) - 2)) or None


class Bigrams(Way):
    def __init__(self):
        super().__init__(bigrams)

    def exact(self, query):
        runs = []
        for run in RUN.findall(folded(query)):
            pairs = list(bigrams(run))
            if is_han(run):
                runs.append(quoted([pairs[0]]) + " *" if len(run) == 1 else quoted(pairs[:-1]))
            else:
                runs.append(quoted(pairs))
        return " AND ".join(runs) or None

    def loose(self, query):
        pairs = []
        for run in RUN.findall(folded(query)):
            split = list(bigrams(run))
            pairs += split[:-1] if is_han(run) and len(run) > 1 else split
        return " OR ".join(quoted([pair]) for pair in pairs) or None


class Both(Way):
    """Bigrams and words in two columns; what matches in words counts for more."""

    columns = ("pairs", "words")

    def __init__(self, words):
        self.pairs, self.words = Bigrams(), Way(words)

    def rows(self, text):
        return self.pairs.rows(text) + self.words.rows(text)

    def exact(self, query):
        pairs, words = self.pairs.exact(query), self.words.exact(query)
        return pairs and f"({{pairs}}: {pairs}) OR ({{words}}: {words})" if words else pairs

    def loose(self, query):
        pairs, words = self.pairs.loose(query), self.words.loose(query)
        return pairs and f"({{pairs}}: {pairs}) OR ({{words}}: {words})" if words else pairs


def table(path, way):
    """Without the texts themselves: they stand once, beside the index."""
    database = sqlite3.connect(path)
    columns = ", ".join(way.columns)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(
        f"CREATE VIRTUAL TABLE t USING fts5({columns}, content='', tokenize='{way.tokenizer}')"
    )
    return database


def fill(database, way, texts):
    places = ", ".join("?" for _ in way.columns)
    statement = f"INSERT INTO t (rowid, {', '.join(way.columns)}) VALUES (?, {places})"
    started = time.perf_counter()
    for start in range(0, len(texts), BATCH):
        with database:
            database.executemany(
                statement,
                ((start + at, *way.rows(text)) for at, text in enumerate(texts[start : start + BATCH])),
            )
    spent = time.perf_counter() - started
    database.execute("INSERT INTO t (t) VALUES ('optimize')")
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return spent


def found(database, match, limit):
    if match is None:
        return []
    rows = database.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (match, limit))
    return [row[0] for row in rows]


def hits(database, way, queries):
    """Exact first; what that does not find is asked loosely."""
    places = {"exact": [], "exact, then loose": [], "loose": []}
    for paper, query in queries:
        exact, loose = found(database, way.exact(query), 10), found(database, way.loose(query), 10)
        for mode, rows in (("exact", exact), ("exact, then loose", exact or loose), ("loose", loose)):
            places[mode].append(rows.index(paper) if paper in rows else None)
    return {
        mode: [
            sum(place is not None and place < within for place in row) / len(row) for within in (1, 5, 10)
        ]
        for mode, row in places.items()
    }


def times(database, way, queries):
    spent = []
    for _, query in queries:
        match = way.exact(query)
        started = time.perf_counter()
        if not found(database, match, 20):
            found(database, way.loose(query), 20)
        spent.append(1000 * (time.perf_counter() - started))
    cuts = statistics.quantiles(spent, n=100)
    return cuts[49], cuts[98]


def erasing(database, way, text):
    """One text leaves the index, and its words the file: segments are written anew."""
    started = time.perf_counter()
    with database:
        database.execute(
            f"INSERT INTO t (t, rowid, {', '.join(way.columns)})"
            f" VALUES ('delete', 0, {', '.join('?' for _ in way.columns)})",
            way.rows(text),
        )
        database.execute("INSERT INTO t (t) VALUES ('optimize')")
    return time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("papers")
    parser.add_argument("--texts", type=int, default=300_000)
    options = parser.parse_args()
    with open(options.papers, encoding="utf-8", newline="") as file:
        papers = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    documents = [f"{paper['title']}\n{paper['abstract']}" for paper in papers]
    queries = [
        (at, word) for at, paper in enumerate(papers) for word in paper["keywords"].split(";") if word
    ]
    generator = random.Random(SEED)
    sentences = [part for text in documents for part in re.split(r"[。；.;\n]", text) if part.strip()]
    many = [
        "。".join(generator.choices(sentences, k=generator.randint(1, 3))) for _ in range(options.texts)
    ]
    sample = generator.sample(queries, 1000)
    ways = {"trigram": Trigram(), "bigrams": Bigrams()}
    with contextlib.suppress(OSError):
        ways["words (ICU)"] = Way(Words())
        ways["bigrams and words"] = Both(Words())
    print(f"{len(documents)} papers, {len(queries)} keywords; {len(many)} texts, SQLite {sqlite3.sqlite_version}")
    print("| way | asked | found at 1 | at 5 | at 10 |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, way in ways.items():
            with contextlib.closing(table(f"{folder}/{name}.small", way)) as database:
                fill(database, way, documents)
                for mode, rates in hits(database, way, queries).items():
                    print(f"| {name} | {mode} |", " | ".join(f"{100 * rate:.1f} %" for rate in rates), "|", flush=True)
        print("\n| way | index | filled in | p50 | p99 | one text erased in |\n| --- | --- | --- | --- | --- | --- |")
        for name, way in ways.items():
            path = f"{folder}/{name}.large"
            with contextlib.closing(table(path, way)) as database:
                spent = fill(database, way, many)
                size = os.path.getsize(path) / 1e6
                middle, last = times(database, way, sample)
                erased = erasing(database, way, many[0])
                print(
                    f"| {name} | {size:.0f} MB | {spent:.0f} s | {middle:.1f} ms | {last:.0f} ms"
                    f" | {erased:.1f} s |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
