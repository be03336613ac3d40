"""The same as wsgi_app, as ASGI, for any event loop."""

import os

import sniffio
from prometheus_client import CollectorRegistry, Counter, generate_latest, multiprocess

REQUESTS = Counter("requests", "Requests served.")


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    path = scope["path"]
    if path in ("/slow", "/endless"):
        await send({"type": "http.response.body", "body": b"begun\n", "more_body": True})
        await sleep(1 if path == "/slow" else 600)
        await send({"type": "http.response.body", "body": b"done\n"})
        return
    if path == "/metrics":
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
        await send({"type": "http.response.body", "body": generate_latest(registry)})
        return
    if path == "/count":
        REQUESTS.inc()
    await send({"type": "http.response.body", "body": f"{os.getpid()}\n".encode()})


def make_app():
    return app


async def lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def sleep(seconds):
    if sniffio.current_async_library() == "trio":
        import trio

        await trio.sleep(seconds)
    else:
        import asyncio

        await asyncio.sleep(seconds)
