"""Clips made by ffmpeg: real VP8 and Opus frames, and a judge of what the server made of them."""

import json
import subprocess
from dataclasses import dataclass
from functools import cache

SIMPLE_BLOCK, CLUSTER, TIMESTAMP, SEGMENT, BLOCK_GROUP, BLOCK = 0xA3, 0x1F43B675, 0xE7, 0x18538067, 0xA0, 0xA1


@dataclass
class Block:
    """A frame of a clip; `at` in milliseconds."""

    track: int
    at: int
    is_key: bool
    payload: bytes


def run(*arguments, stdin=None):
    done = subprocess.run(list(map(str, arguments)), input=stdin, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done


@cache
def clip(seconds=4, *, size="320x180", tone=440, video=True):
    """The bytes of a WebM file: a counting test picture and a tone."""
    inputs = []
    if video:
        inputs += ["-f", "lavfi", "-i", f"testsrc=size={size}:rate=25:duration={seconds}"]
    inputs += ["-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate=48000:duration={seconds}"]
    coding = ["-c:a", "libopus", "-b:a", "32k"]
    if video:
        coding += ["-c:v", "libvpx", "-b:v", "300k", "-deadline", "realtime", "-cpu-used", "8", "-g", "25"]
    return run("ffmpeg", "-v", "error", *inputs, *coding, "-f", "webm", "-").stdout


def number(data, place, *, keeps_mark):
    """An EBML number at a place: its value, and where it ends."""
    first = data[place]
    length = next(n for n in range(1, 9) if first & (0x80 >> (n - 1)))
    value = int.from_bytes(data[place:place + length], "big")
    if not keeps_mark:
        value &= (1 << (7 * length)) - 1
        if value == (1 << (7 * length)) - 1:
            value = None
    return value, place + length


def blocks(data):
    """The frames of a WebM file in its order: tracks by their numbers."""
    found, time = [], 0

    def walk(place, end):
        nonlocal time
        while place < end:
            kind, place = number(data, place, keeps_mark=True)
            size, place = number(data, place, keeps_mark=False)
            stop = end if size is None else place + size
            if kind in (SEGMENT, CLUSTER, BLOCK_GROUP):
                walk(place, stop)
            elif kind == TIMESTAMP:
                time = int.from_bytes(data[place:stop], "big")
            elif kind in (SIMPLE_BLOCK, BLOCK):
                track, head = number(data, place, keeps_mark=False)
                offset = int.from_bytes(data[head:head + 2], "big", signed=True)
                payload = data[head + 3:stop]
                found.append(Block(track, time + offset, not payload[0] & 1, payload))
            place = stop

    walk(0, len(data))
    return found


def probe(path):
    """What ffprobe says of a file: its streams by kind, and its duration in seconds."""
    done = run("ffprobe", "-v", "error", "-show_streams", "-show_format", "-count_frames",
               "-of", "json", path)
    found = json.loads(done.stdout)
    streams = {}
    for stream in found["streams"]:
        streams.setdefault(stream["codec_type"], []).append(stream)
    return streams, float(found["format"]["duration"])


def decode(path, *options):
    """Decodes the whole file; ffmpeg has nothing to complain of."""
    done = run("ffmpeg", "-v", "warning", *options, "-i", path, "-fps_mode", "passthrough",
               "-enc_time_base", -1, "-f", "null", "-")
    assert done.stderr == b"", done.stderr.decode()


def frequency(path, *options):
    """The loudest tone of a file's sound in hertz, by zero crossings of its decoded samples."""
    done = run("ffmpeg", "-v", "error", *options, "-i", path, "-vn", "-ac", 1, "-ar", 48_000,
               "-f", "s16le", "-")
    raw = memoryview(done.stdout).cast("h")
    samples = raw[4_800:-4_800] if len(raw) > 20_000 else raw
    crossings = sum(1 for one, two in zip(samples, samples[1:], strict=False) if one < 0 <= two)
    return crossings * 48_000 / max(1, len(samples))
