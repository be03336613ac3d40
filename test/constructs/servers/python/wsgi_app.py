"""A WSGI app: a health path, a count of its requests, one that takes a second and one that never ends."""

import os
import time

from prometheus_client import CollectorRegistry, Counter, generate_latest, multiprocess

REQUESTS = Counter("requests", "Requests served.")


def app(environ, start_response):
    path = environ["PATH_INFO"]
    start_response("200 OK", [("Content-Type", "text/plain")])
    if path == "/slow":
        return slowly(1)
    if path == "/endless":
        return slowly(600)
    if path == "/metrics":
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
        return [generate_latest(registry)]
    if path == "/count":
        REQUESTS.inc()
    return [f"{os.getpid()}\n".encode()]


def slowly(seconds):
    yield b"begun\n"
    time.sleep(seconds)
    yield b"done\n"
