# Proves that forged bundles of more than twenty kinds are found and named, by both verifiers alike.

import zipfile

import pytest

from harness.records import Shown, key_of, verify
from harness.server import PLENTY, Server


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A sealed roadshow that everybody who was let in may read, and its bundles."""
    with Server(tmp_path_factory.mktemp("sealed") / "data", *PLENTY) as server:
        yield Shown(server).seal("public")


def rewritten(path, target, change):
    """The same bundle with other contents, in the same spelling."""
    with zipfile.ZipFile(path) as bundle:
        files = [(name, bundle.read(name)) for name in bundle.namelist()]
    files = change(files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o100644 << 16, 3
            entry.create_version = 45
            bundle.writestr(entry, data)
    return target


def replaced(name, change):
    return lambda files: [(n, change(d) if n == name else d) for n, d in files]


def swapped(files):
    return [files[1], files[0], *files[2:]]


FORGERIES = {
    "a slide is another": (replaced("FILE", lambda d: d[:-1] + b"x"), "FILE was changed"),
    "a slide is gone": (lambda f: [x for x in f if x[0] != "FILE"], "FILE is missing"),
    "a file is added": (lambda f: f[:-2] + [("more.txt", b"x")] + f[-2:], "more.txt was added"),
    "a file is added behind": (lambda f: f + [("more.txt", b"x")], "manifest.json is missing"),
    "two files change places": (swapped, "manifest.json is missing"),
    "the transcript is another": (
        replaced("transcript.en.md", lambda d: d.replace(b"saidwords", b"otherword")),
        "transcript.en.md was changed"),
    "the outcome is another": (replaced("outcome.json", lambda d: d.replace(b"8640", b"9640")),
                               "outcome.json was changed"),
    "captions are another": (replaced("captions.en.vtt", lambda d: d + b"x"),
                             "captions.en.vtt was changed"),
    "the manifest is another": (
        replaced("manifest.json", lambda d: d.replace(b'"scope":"room"', b'"scope":"slot:1"')),
        "manifest.note"),
    "the manifest is spelled otherwise": (
        replaced("manifest.json", lambda d: d.replace(b'":', b'": ', 1)), "manifest.json"),
    "the manifest is gone": (lambda f: [x for x in f if x[0] != "manifest.json"], "manifest.json"),
    "the signature is gone": (lambda f: f[:-1], "manifest.json"),
    "the signature is another": (
        replaced("manifest.note", lambda d: d[:-6] + b"AAAA=\n"), "manifest.note"),
    "the log is gone": (lambda f: [x for x in f if x[0] != "log.jsonl"], "log.jsonl is missing"),
    "the log is cut off": (
        replaced("log.jsonl", lambda d: b"\n".join(d.split(b"\n")[:9]) + b"\n"), "log.jsonl"),
    "a word in the log is another": (
        replaced("log.jsonl", lambda d: d.replace(b"saidwords", b"otherword")), "log.jsonl"),
    "the checkpoint is another": (replaced("checkpoint.txt", lambda d: d + b"x"),
                                  "checkpoint.txt was changed"),
    "the read-me is another": (replaced("README.txt", lambda d: d + b"x"),
                               "README.txt was changed"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_bundle_is_named(sealed, tmp_path, forgery):
    path = sealed.kept("everyone", tmp_path / "b.zip")
    change, wanted = FORGERIES[forgery]
    file = f"files/{sealed.files[0]}.png"
    same = rewritten(path, tmp_path / "same.zip", lambda files: files)
    assert same.read_bytes() == path.read_bytes(), "the bundle is spelled as docs/archive.md says"

    def named(files):
        marked = [("FILE" if name == file else name, data) for name, data in files]
        return [(file if name == "FILE" else name, data) for name, data in change(marked)]

    forged = rewritten(path, tmp_path / "forged.zip", named)
    done = verify(forged, "--key", key_of(sealed.server))
    wanted = wanted.replace("FILE", file)
    assert done.returncode in (1, 2) and wanted in done.stdout and wanted in done.other, (
        done.stdout, done.other)


BYTES = {"the first": 0, "a header's": 6, "in the middle": None, "the last": -1,
         "of the directory": -200}


@pytest.mark.parametrize("place", BYTES)
def test_a_changed_byte_is_found(sealed, tmp_path, place):
    data = bytearray(sealed.kept("everyone", tmp_path / "b.zip").read_bytes())
    index = BYTES[place] if BYTES[place] is not None else len(data) // 2
    data[index] ^= 1
    forged = tmp_path / "forged.zip"
    forged.write_bytes(data)
    assert verify(forged, "--key", key_of(sealed.server)).returncode in (1, 2)
    forged.write_bytes(data[:-1])
    assert verify(forged).returncode == 2
    forged.write_bytes(bytes(sealed.bundle("everyone").body) + b"\0")
    assert verify(forged).returncode == 2
