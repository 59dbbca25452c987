"""The line between a page and its server, in the hands of a test."""

import re


class Line:
    """The page's WebSocket through the test's hands: cut, and kept down for a while."""

    def __init__(self, page):
        self.sockets, self.down = [], False
        page.route_web_socket(re.compile("/ws$"), self.opened)

    def opened(self, socket):
        if self.down:
            socket.close(code=4000, reason="down")
            return
        socket.connect_to_server()
        self.sockets.append(socket)

    def cut(self):
        self.down = True
        for socket in self.sockets:
            socket.close(code=4000, reason="cut")
        self.sockets.clear()

    def mend(self):
        self.down = False
