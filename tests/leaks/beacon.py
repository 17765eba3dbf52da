"""A listener on loopback that counts who comes: nobody may."""

import socket  # noqa: TID251 - it listens, so that whoever reaches for a network is heard
import threading


class Listener:
    """Counts the connections to one port of loopback."""

    def __init__(self):
        self.hits = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, name="listener")

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._server.close()

    def _accept(self):
        while True:
            try:
                other, where = self._server.accept()
            except OSError:
                return
            other.close()
            self.hits.append(where)
