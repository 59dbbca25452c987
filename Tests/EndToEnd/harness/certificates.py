"""Certificates for tests: each signed by itself, and so its own authority."""

import subprocess
from pathlib import Path


class Identity:
    """PEM files of a certificate and its key, made by OpenSSL's command."""

    def __init__(self, folder, *hosts):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.certificate, self.key = folder / "certificate.pem", folder / "key.pem"
        self.issue(*(hosts or ("IP:127.0.0.1", "DNS:localhost")))

    def issue(self, *names):
        """A fresh one at the same place; names are `DNS:…` and `IP:…`."""
        subprocess.run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "30", "-subj", f"/CN={names[0].partition(':')[2]}",
                "-addext", f"subjectAltName={','.join(names)}",
                "-keyout", self.key, "-out", self.certificate,
            ],
            check=True, capture_output=True,
        )

    @property
    def settings(self):
        """The arguments that make the server speak TLS with it."""
        return [
            "--set", f"server.certificate={self.certificate}", "--set", f"server.key={self.key}",
        ]
