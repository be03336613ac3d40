import type { IContainer } from 'kubernetes-models/v1/Container';
import { describe, expect, it, type TestContext } from 'vitest';
import { command } from '../../../lib/constructs/servers/command.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { hypercorn } from '../../../lib/constructs/servers/hypercorn.ts';
import type { Server } from '../../../lib/constructs/servers/server.ts';
import { tornado } from '../../../lib/constructs/servers/tornado.ts';
import { uvicorn } from '../../../lib/constructs/servers/uvicorn.ts';
import { prometheus } from '../../../lib/constructs/observability/prometheus-options.ts';
import type { ProductionProps } from '../../../lib/constructs/python-app/props.ts';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import { pin, problemsOf, testChart } from '../support.ts';
import { Container, freePort, startOf } from './container.ts';
import { askProbe, begin, fetchText, keepAlive, waitStarted } from './kubelet.ts';
import { pythonVenv } from './python-venv.ts';

const venv = await pythonVenv();
const skipped = venv.why === undefined ? '' : ` (skipped: ${venv.why})`;

const all = { workers: 2, keepAlive: 10, maxRequests: 1000, maxRequestsJitter: 10, accessLog: true };
/** Of each server and worker kind one that says how long it waits for running requests. */
const impatient: readonly (readonly [name: string, server: Server])[] = [
  ['gunicorn with sync workers', gunicorn('wsgi_app:app', { worker: 'sync', gracefulTimeout: 1 })],
  ['gunicorn with gthread workers', gunicorn('wsgi_app:app', { gracefulTimeout: 1 })],
  ['gunicorn with uvicorn workers', gunicorn('asgi_app:app', { worker: 'uvicorn', gracefulTimeout: 1 })],
  ['uvicorn', uvicorn('asgi_app:app', { gracefulTimeout: 1 })],
  ['uvicorn with two workers', uvicorn('asgi_app:app', { gracefulTimeout: 1, workers: 2 })],
  ['hypercorn', hypercorn('asgi_app:app', { gracefulTimeout: 1 })],
];
/** On Python 3.12 and later asyncio itself waits for every open connection, and hypercorn 0.18 for asyncio, without a timeout. */
const waitsForEver = (name: string): boolean => name === 'hypercorn' && venv.python !== undefined && !/^3\.11\./.test(venv.python);
const shared: readonly (readonly [name: string, server: Server])[] = [
  ['gunicorn', gunicorn('wsgi_app:app', { workers: 3 })],
  ['uvicorn', uvicorn('asgi_app:app', { workers: 3 })],
  ['hypercorn', hypercorn('asgi_app:app', { workers: 3 })],
];
const servers: readonly (readonly [name: string, server: Server])[] = [
  ['gunicorn with sync workers', gunicorn('wsgi_app:app', { worker: 'sync' })],
  ['gunicorn with gthread workers', gunicorn('wsgi_app:app')],
  ['gunicorn with uvicorn workers', gunicorn('asgi_app:app', { worker: 'uvicorn' })],
  ['gunicorn with uvicorn\'s own deprecated worker class', gunicorn('asgi_app:app', { worker: 'uvicorn', workerClass: 'uvicorn.workers.UvicornWorker' })],
  ['gunicorn with its own ASGI worker class', gunicorn('asgi_app:app', { worker: 'uvicorn', workerClass: 'asgi', gracefulTimeout: 3 })],
  ['gunicorn with every option', gunicorn('wsgi_app:app', { ...all, worker: 'gthread', threads: 2, timeout: 60, trustedProxies: ['10.0.0.0/8'], extraArgs: ['--backlog', '64'] })],
  ['uvicorn', uvicorn('asgi_app:app')],
  ['uvicorn with every option', uvicorn('asgi_app:make_app', { ...all, factory: true, trustedProxies: ['10.0.0.0/8'], extraArgs: ['--backlog', '64'] })],
  ['hypercorn with asyncio', hypercorn('asgi_app:app')],
  ['hypercorn with uvloop', hypercorn('asgi_app:app', { worker: 'uvloop' })],
  ['hypercorn with trio', hypercorn('asgi_app:app', { worker: 'trio' })],
  ['hypercorn with every option', hypercorn('asgi_app:app', { ...all, workers: 1, extraArgs: ['--backlog', '64'] })],
  ['a Tornado module that reads PORT', tornado('tornado_app')],
  ['a Tornado script with a port option', tornado('tornado_app.py', { portOption: '--port', args: ['--greeting=moin'] })],
  ['a plain command that reads PORT', command(['python', 'plain_server.py'])],
];

describe.skipIf(venv.why !== undefined)(`what is rendered really starts${skipped}`, { timeout: 90_000, concurrent: true }, () => {
  async function started({ onTestFinished }: TestContext, server: Server, props: Partial<ProductionProps> = {}): Promise<{ container: Container; pod: IContainer; port: number }> {
    const port = await freePort();
    const chart = testChart();
    const app = new PythonApp(chart, 'web', { image: pin('storefront'), server, port, health: '/healthz', ...props });
    expect(problemsOf(app)).toEqual([]);
    if (app.pod === undefined) throw new Error('the app has no pod');
    const container = new Container(venv.folder ?? '', startOf(app.pod.template));
    onTestFinished(() => container.dispose());
    await waitStarted(container, app.pod.container.startupProbe ?? {}, port);
    return { container, pod: app.pod.container, port };
  }

  it.for(servers)('%s answers its probes, finishes a running request after SIGTERM and ends before it would be killed', async ([, server], context) => {
    const { container, pod, port } = await started(context, server);
    expect(await askProbe(pod.readinessProbe ?? {}, port), container.output).toBe(true);
    expect(await askProbe(pod.livenessProbe ?? {}, port), container.output).toBe(true);
    const running = await begin(port, '/slow');
    const ending = await container.stop();
    expect(await running.whole, container.output).toBe('begun\ndone\n');
    expect(ending.killed, container.output).toBe(false);
    expect(container.strayFiles).toEqual([]);
  });

  it.for(servers.filter(([name]) => !name.includes('Tornado')))('%s answers by a connection where no health path is named', async ([, server], context) => {
    const { container, pod, port } = await started(context, server, { health: undefined });
    expect(pod.readinessProbe).toHaveProperty('tcpSocket');
    expect(await askProbe(pod.readinessProbe ?? {}, port), container.output).toBe(true);
    expect((await container.stop()).killed, container.output).toBe(false);
  });

  it.for(impatient.filter(([name]) => waitsForEver(name)))('%s on this Python waits for a request that never ends until it is killed', async ([, server], context) => {
    const { container, port } = await started(context, server, { stop: { graceSeconds: 4, preStopSeconds: 0 } });
    await begin(port, '/endless');
    expect((await container.stop()).killed, container.output).toBe(true);
  });

  it.for(impatient.filter(([name]) => !waitsForEver(name)))('%s gives up a request that never ends, after its graceful timeout and before it would be killed', async ([, server], context) => {
    const { container, port } = await started(context, server, { stop: { graceSeconds: 15, preStopSeconds: 0 } });
    const running = await begin(port, '/endless');
    const ending = await container.stop();
    await expect(running.whole, container.output).resolves.not.toContain('done').catch((error: Error) => expect(error.message).toMatch(/aborted|hang up|ECONNRESET/));
    expect(ending.killed, container.output).toBe(false);
  });

  it.for(impatient)('%s does not wait for a client that keeps an idle connection open', async ([, server], context) => {
    const { container, port } = await started(context, server, { stop: { graceSeconds: 15, preStopSeconds: 0 } });
    const idle = await keepAlive(port, '/');
    expect((await container.stop()).killed, container.output).toBe(false);
    idle.destroy();
  });

  it.for(shared)('%s with several workers adds up their metrics, whichever of them is scraped', async ([, server], context) => {
    const { container, port } = await started(context, server, { monitoring: prometheus() });
    const pids = new Set<string>();
    let count = 0;
    for (; count < 4000 && (pids.size < 2 || count < 60); count += 8) {
      for (const pid of await Promise.all(Array.from({ length: 8 }, () => fetchText(port, '/count')))) pids.add(pid);
    }
    expect(pids.size, 'every request was served by one process').toBeGreaterThan(1);
    for (let scrape = 0; scrape < 8; scrape++) {
      // prometheus_client fails while another worker is only just making its file, as Prometheus would see it once in a while.
      let text = '';
      for (let tries = 0; tries < 50 && !text.includes('requests_total'); tries++) text = await fetchText(port, '/metrics');
      expect(text, container.output).toContain(`requests_total ${count}.0`);
    }
    expect((await container.stop()).killed, container.output).toBe(false);
  });
});
