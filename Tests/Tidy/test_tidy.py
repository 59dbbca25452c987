"""Proves that every rule of scripts/tidy can fail, and passes what it should pass."""

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "tidy"


def load():
    loader = SourceFileLoader("tidy", str(SCRIPT))
    module = module_from_spec(spec_from_loader("tidy", loader))
    loader.exec_module(module)
    return module


tidy = load()

# A rule, a tree with one fault, and a tree like it without.
CASES = [
    (tidy.imports, {"Sources/Rooms/A.swift": "import OpenSSL\n"}, {"Sources/Rooms/A.swift": "import Ledger\n"}),
    (tidy.imports, {"Sources/HTTP/A.swift": "public import Foundation\n"}, {"Sources/Server/A.swift": "public import Foundation\n"}),
    (tidy.imports, {"Sources/Wire/A.swift": "@testable internal import Storage\n"}, {"Sources/Wire/A.swift": "internal import struct Rooms.Room\n"}),
    (tidy.imports, {"Sources/New/A.swift": ""}, {"Sources/luyan/A.swift": "import ArgumentParser\n"}),
    (tidy.forbidden_words, {"Sources/A/a.swift": "let x = try! f()\n"}, {"Sources/A/a.swift": "let x = try f()  // not try!\n"}),
    (tidy.forbidden_words, {"Sources/A/a.swift": "let x = y as! Int\n"}, {"Sources/A/a.swift": "let x = y as? Int\n"}),
    (tidy.forbidden_words, {"Sources/A/a.swift": "fatalError()\n"}, {"Tests/A/a.swift": "fatalError()\n"}),
    (tidy.forbidden_words, {"Sources/A/a.swift": 'print("x")\n'}, {"Sources/A/a.swift": 'blueprint("x"); out.print("x")\n'}),
    (tidy.forbidden_words, {"web/app/a.js": "// TODO later\n"}, {"web/vendor/a.js": "// TODO theirs\n"}),
    (tidy.forbidden_words, {"scripts/x": "#!/bin/sh\n# FIXME\n"}, {"scripts/x": "#!/bin/sh\n# fixed\n"}),
    (tidy.pure_targets, {"Sources/Rooms/A.swift": "let now = Date()\n"}, {"Sources/Server/A.swift": "let now = Date()\n"}),
    (tidy.pure_targets, {"Sources/Wire/A.swift": "Int.random(in: 0...1)\n"}, {"Sources/Wire/A.swift": "Int.random(in: 0...1, using: &g)\n"}),
    (tidy.pure_targets, {"Sources/HTTP/A.swift": "final class A: @unchecked Sendable {\n// x\n"}, {"Sources/HTTP/A.swift": "final class A: Sendable {\n"}),
    (tidy.sleeping_tests, {"Tests/A/a.swift": "try await Task.sleep(for: .seconds(1))\n"}, {"Tests/A/a.swift": "// never Task.sleep\n"}),
    (tidy.sleeping_tests, {"Tests/E/a.py": "time.sleep(1)\n"}, {"Tests/E/a.py": "condition.wait(1)\n"}),
    (tidy.sleeping_tests, {"web/tests/a.js": "await page.waitForTimeout(1)\n"}, {"web/app/a.js": "setTimeout(f, 1)\n"}),
    (tidy.file_sizes, {"Sources/A/a.swift": "\n" * 401}, {"Sources/A/a.swift": "\n" * 400, "web/vendor/a.js": "\n" * 900}),
    (tidy.unsafe_marks, {"Sources/A/a.swift": "unsafe f()\n"}, {"Sources/A/a.swift": "unsafe f()\n", tidy.UNSAFE_RECORD: '{"A": 1}'}),
    (tidy.unsafe_marks, {"Sources/A/a.swift": "f()\n", tidy.UNSAFE_RECORD: '{"A": 1}'}, {"Sources/A/a.swift": "f()  // unsafe\n"}),
    (tidy.unchecked_reasons, {"Sources/A/a.swift": "class A: @unchecked Sendable {\n    let x = 1\n"}, {"Sources/A/a.swift": "class A: @unchecked Sendable {\n    // Guarded by the queue.\n"}),
    (tidy.test_headlines, {"Tests/A/a.swift": "import Testing\n"}, {"Tests/A/a.swift": "// Proves something.\n"}),
    (tidy.test_headlines, {"Tests/E/a.py": "import os\n"}, {"Tests/E/a.py": '"""Proves something."""\n'}),
    (tidy.error_codes, {"Sources/Wire/ErrorCode.swift": 'case a = "a.b"\n'}, {"Sources/Wire/ErrorCode.swift": 'case a = "a.b"\n', "docs/protocol.md": "`a.b`"}),
    (tidy.links, {"README.md": "[x](docs/a.md)\n"}, {"README.md": "[x](docs/a.md) [y](docs) [z](https://x.test)\n", "docs/a.md": ""}),
    (tidy.links, {"docs/a.md": "[x](../b.md#two)\n", "b.md": "# One\n"}, {"docs/a.md": "[x](../b.md#two-words)\n", "b.md": "# Two words\n"}),
    (tidy.generated, {"Package.resolved": ""}, {"Package.swift": ""}),
    (tidy.generated, {"web/__pycache__/a": ""}, {"web/a.js": ""}),
]


@pytest.mark.parametrize("rule, bad, good", CASES, ids=lambda value: getattr(value, "__name__", None))
def test_a_rule_fails_on_one_fault_and_passes_without(rule, bad, good):
    assert len(list(rule(bad))) == 1, list(rule(bad))
    assert list(rule(good)) == []


def test_every_rule_is_shown_to_fail():
    assert {rule for rule, _, _ in CASES} == set(tidy.RULES)


def test_a_finding_names_file_and_line():
    (finding,) = tidy.forbidden_words({"Sources/A/a.swift": "let a = 1\nlet b = try! f()\n"})
    assert finding.startswith("Sources/A/a.swift:2: ")
