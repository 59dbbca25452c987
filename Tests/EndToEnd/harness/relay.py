"""Carries bytes between a plain side and one of TLS, for tools that speak only one of them.

    python relay.py to-tls TARGET_PORT AUTHORITY.pem
    python relay.py from-tls TARGET_PORT CERTIFICATE.pem KEY.pem

Listens on a free port of 127.0.0.1 and prints it; ends with its standard input.
"""

import asyncio
import ssl
import subprocess
import sys

PIECE = 1 << 18


async def carry(reader, writer):
    try:
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    except (ConnectionError, ssl.SSLError):
        pass
    finally:
        writer.close()


async def serve(kind, port, files):
    inward = outward = None
    if kind == "to-tls":
        outward = ssl.create_default_context(cafile=files[0])
    else:
        inward = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        inward.load_cert_chain(*files)

    async def accept(reader, writer):
        name = "127.0.0.1" if outward else None
        try:
            far_reader, far_writer = await asyncio.open_connection(
                "127.0.0.1", port, ssl=outward, server_hostname=name, limit=PIECE
            )
        except OSError:
            writer.close()
            return
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=inward, limit=PIECE)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


class Relay:
    """The same as a process, while a test needs it."""

    def __init__(self, kind, port, *files):
        self.command = [sys.executable, __file__, kind, str(port), *map(str, files)]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
