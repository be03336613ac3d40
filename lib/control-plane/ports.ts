import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** The ports that were named. */
const named = new Set<number>();

/**
 * A port of 127.0.0.1 that nothing listens on now. It is drawn from below the range that the system hands out for
 * outgoing connections, so that only another listener can take it before it is used; who uses it tries again then. None is
 * named twice by one process: programs that start at once would take each other's.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(12_000, 28_000);
    if (named.has(port)) continue;
    named.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error('found no free port of 127.0.0.1 between 12000 and 28000 in 100 attempts');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
