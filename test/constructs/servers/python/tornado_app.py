"""A Tornado app that stops as it should: no new connections, running requests to their end."""

import asyncio
import os
import signal

from tornado.httpserver import HTTPServer
from tornado.options import define, options, parse_command_line
from tornado.web import Application, RequestHandler

define("port", default=int(os.environ.get("PORT", "8888")))
define("greeting", default="hello")


class Root(RequestHandler):
    def get(self):
        self.write(options.greeting)


class Slow(RequestHandler):
    async def get(self):
        self.write("begun\n")
        await self.flush()
        await asyncio.sleep(1)
        self.write("done\n")


async def main():
    parse_command_line()
    server = HTTPServer(Application([("/", Root), ("/healthz", Root), ("/slow", Slow)]))
    server.listen(options.port)
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    server.stop()
    await asyncio.sleep(0)
    while [task for task in asyncio.all_tasks() if "RequestHandler._execute" in repr(task.get_coro())]:
        await asyncio.sleep(0.05)
    await server.close_all_connections()


if __name__ == "__main__":
    asyncio.run(main())
