"""A disk that loses power or fails on demand, under one process (powercut/powercut.c)."""

import os
import signal
import subprocess
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "powercut" / "powercut.c"


def build(folder):
    """Compiles the library that is preloaded; gives its path."""
    library = Path(folder) / "powercut.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl", "-lpthread"],
        check=True, capture_output=True, text=True,
    )
    return library


class Disk:
    """The disk below a data folder, as the server's process sees it."""

    FULL, BAD_SYNC, BAD_WRITE, READ_ONLY = "f", "s", "w", "r"

    def __init__(self, library, folder, seed=0):
        folder = Path(folder)
        self.control = folder.parent / "fault"
        self.environment = {
            "LD_PRELOAD": str(library), "POWERCUT_FOLDER": str(folder.resolve()),
            "POWERCUT_CONTROL": str(self.control), "POWERCUT_SEED": str(seed),
        }

    def fail(self, how):
        """From now on calls fail in this way; put in place whole, as the library may be reading."""
        fresh = self.control.with_suffix(".new")
        fresh.write_text(how)
        os.replace(fresh, self.control)

    def mend(self):
        self.control.unlink()

    @staticmethod
    def cut_power(server):
        """Drops what is not synced and ends the process."""
        server.process.send_signal(signal.SIGUSR2)
        code = server.process.wait(30)
        server.process.stdout.close()
        assert code == -signal.SIGKILL
