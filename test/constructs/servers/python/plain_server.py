"""The standard library's server on PORT, stopped by SIGTERM between two requests."""

import os
import signal
import sys
from wsgiref.simple_server import make_server

from wsgi_app import app

server = make_server("", int(os.environ["PORT"]), app)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
server.serve_forever()
