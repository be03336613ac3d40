import { describe, expect, it } from 'vitest';
import { command } from '../../../lib/constructs/servers/command.ts';
import { gunicorn, type GunicornOptions } from '../../../lib/constructs/servers/gunicorn.ts';
import { hypercorn, type HypercornOptions } from '../../../lib/constructs/servers/hypercorn.ts';
import type { Server, ServerSetting } from '../../../lib/constructs/servers/server.ts';
import { tornado, type TornadoOptions } from '../../../lib/constructs/servers/tornado.ts';
import { uvicorn, type UvicornOptions } from '../../../lib/constructs/servers/uvicorn.ts';

const setting: ServerSetting = { port: 8000, cpu: '1', memory: '1Gi', gracePeriodSeconds: 30, preStopSeconds: 5 };

function line(server: Server, more: Partial<ServerSetting> = {}): string {
  const { command: program = [], args = [] } = server.start({ ...setting, ...more });
  return [...program, ...args].join(' ');
}

function problems(server: Server, more: Partial<ServerSetting> = {}): string[] {
  return server.start({ ...setting, ...more }).problems.map(({ message, fix }) => `${message}${fix === undefined ? '' : ` | ${fix}`}`).sort();
}

describe('the arguments of a server', () => {
  it('are those of gunicorn: threads, heartbeat in memory, a graceful timeout inside the grace period', () => {
    expect(line(gunicorn('storefront.wsgi:app'))).toBe(
      'gunicorn storefront.wsgi:app --bind 0.0.0.0:8000 --worker-class gthread --workers 1 --threads 4 --worker-tmp-dir /run/gunicorn --graceful-timeout 20 --keep-alive 75',
    );
    expect(line(gunicorn('storefront.wsgi:app', { worker: 'sync' }))).toContain('--worker-class sync --workers 3 --worker-tmp-dir');
    expect(line(gunicorn('storefront.main:app', { worker: 'uvicorn' }))).toContain('--worker-class uvicorn_worker.UvicornWorker --workers 1 ');
  });

  it('are those of uvicorn, hypercorn and Tornado', () => {
    expect(line(uvicorn('storefront.main:app'))).toBe('uvicorn storefront.main:app --host 0.0.0.0 --port 8000 --workers 1 --timeout-graceful-shutdown 20 --timeout-keep-alive 75 --no-access-log');
    expect(line(hypercorn('storefront.main:app'))).toBe('hypercorn storefront.main:app --bind 0.0.0.0:8000 --worker-class asyncio --workers 1 --graceful-timeout 20 --keep-alive 75');
    expect(line(tornado('hello.main', { portOption: '--port', args: ['--greeting=moin'] }))).toBe('python -m hello.main --port=8000 --greeting=moin');
    expect(line(tornado('app/main.py'))).toBe('python app/main.py');
  });

  it('stay the image\'s own for an empty command, which still learns its port', () => {
    const process = command([]).start(setting);
    expect(process).not.toHaveProperty('command');
    expect(process).not.toHaveProperty('args');
    expect(process.env).toEqual({ PORT: '8000' });
  });

  it('never pass through a shell: each is one item', () => {
    const { command: program, args } = command(['python', '-c', 'print("a b; $HOME")'], { args: ['x y'] }).start(setting);
    expect(program).toEqual(['python', '-c', 'print("a b; $HOME")']);
    expect(args).toEqual(['x y']);
  });

  it('add a tenth of jitter to a limit of requests, so that workers are not replaced at once', () => {
    expect(line(gunicorn('a:b', { maxRequests: 1000 }))).toContain('--max-requests 1000 --max-requests-jitter 100');
    expect(line(uvicorn('a:b', { maxRequests: 1000, workers: 2 }))).toContain('--limit-max-requests 1000 --limit-max-requests-jitter 100');
    expect(line(hypercorn('a:b', { maxRequests: 1000, maxRequestsJitter: 7 }))).toContain('--max-requests 1000 --max-requests-jitter 7');
  });
});

describe('wrong options of a server', () => {
  it('are all told at once, with the option and what to do', () => {
    const wrong = { worker: 'gevnet', timeout: 0, thread: 3, workers: 1.5 } as unknown as GunicornOptions;
    expect(problems(gunicorn('storefront', wrong))).toEqual([
      'gunicorn("storefront"): expected an app as module:attribute, such as storefront.main:app, got "storefront"',
      'gunicorn("storefront"): thread: unknown field. | remove it or spell it as the schema does. Did you mean "threads"? Known: accessLog, extraArgs, gracefulTimeout, keepAlive, maxRequests, maxRequestsJitter, threads, timeout, trustedProxies, worker, workerClass, workers.',
      'gunicorn("storefront"): timeout: expected at least 1, got 0',
      'gunicorn("storefront"): worker: expected one of gthread, sync, uvicorn, got "gevnet" | choose one. Known: gthread, sync, uvicorn.',
      'gunicorn("storefront"): workers: expected a whole number, got 1.5',
    ]);
  });

  it('are found in each server', () => {
    expect(problems(uvicorn('a:b', { factory: 'yes' } as unknown as UvicornOptions))).toEqual(['uvicorn("a:b"): factory: expected boolean, got "yes"']);
    expect(problems(hypercorn('a:b', { worker: 'gevent' } as unknown as HypercornOptions))[0]).toMatch(/^hypercorn\("a:b"\): worker: expected one of asyncio, trio, uvloop, got "gevent"/);
    expect(problems(tornado('hello main', { port: 1 } as unknown as TornadoOptions))).toHaveLength(2);
    expect(problems(command([''], {}))).toEqual(['command: argv[0]: expected a program, got an empty text']);
  });

  it.each([
    ['gunicorn', gunicorn('a:b', { extraArgs: ['--bind=0.0.0.0:1'] }), 'use the app\'s port'],
    ['gunicorn, short', gunicorn('a:b', { extraArgs: ['-w4'] }), 'use workers'],
    ['uvicorn', uvicorn('a:b', { extraArgs: ['--port', '1'] }), 'use the app\'s port'],
    ['hypercorn', hypercorn('a:b', { extraArgs: ['-k', 'trio'] }), 'use worker'],
  ])('are arguments that an option sets already: %s', (_, server, fix) => {
    expect(problems(server)).toEqual([expect.stringMatching(/extraArgs: expected none that is set already, got /)]);
    expect(problems(server)[0]).toContain(fix);
  });

  it('are combinations that would not work', () => {
    expect(problems(gunicorn('a:b', { worker: 'sync', threads: 2 }))).toEqual(['gunicorn("a:b"): threads: expected none with worker "sync", got 2 | leave it out, or choose worker: \'gthread\'']);
    expect(problems(uvicorn('a:b', { maxRequests: 10 }))[0]).toMatch(/expected it with 2 or more workers, got 1/);
    expect(problems(gunicorn('a:b', { maxRequestsJitter: 10 }))[0]).toMatch(/expected it together with maxRequests/);
  });
});
