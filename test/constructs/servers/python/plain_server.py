"""The standard library's server on PORT, stopped by SIGTERM as it should: no new requests, running ones to their end."""

import os
import signal
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

from wsgi_app import app


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = False


with make_server("", int(os.environ["PORT"]), app, server_class=Server) as server:
    signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
