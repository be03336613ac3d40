import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';

/** What a server answers to one path. */
export type Answer = string | Buffer | ((request: IncomingMessage, response: ServerResponse, count: number) => void);

/** A real HTTP server on this machine; `asked` are the paths in the order in which they came. */
export async function serve(answers: Readonly<Record<string, Answer>>): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (answer === undefined) response.writeHead(404).end('nothing here');
    else if (typeof answer === 'function') answer(request, response, asked.filter((each) => each === path).length);
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('expected a port');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}
