import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { command } from '../../../lib/constructs/servers/command.ts';
import { gracefulStop } from '../../../lib/constructs/servers/graceful-stop.ts';
import { gunicorn } from '../../../lib/constructs/servers/gunicorn.ts';
import { hypercorn } from '../../../lib/constructs/servers/hypercorn.ts';
import type { Server, ServerSetting } from '../../../lib/constructs/servers/server.ts';
import { tornado } from '../../../lib/constructs/servers/tornado.ts';
import { uvicorn } from '../../../lib/constructs/servers/uvicorn.ts';
import { countWorkers, workerBounds, type WorkerKind } from '../../../lib/constructs/servers/workers.ts';

const setting: ServerSetting = { port: 8000, cpu: '1', memory: '1Gi', gracePeriodSeconds: 30, preStopSeconds: 5 };
const servers: readonly (readonly [string, Server])[] = [
  ['gunicorn', gunicorn('a:b')], ['uvicorn', uvicorn('a:b')], ['hypercorn', hypercorn('a:b')], ['tornado', tornado('a')], ['command', command(['a'])],
];

describe('the count of workers', () => {
  it.each<[WorkerKind, string, string, number]>([
    ['sync', '100m', '256Mi', 2], ['sync', '100m', '128Mi', 1], ['sync', '500m', '1Gi', 2], ['sync', '1', '1Gi', 3], ['sync', '1500m', '1Gi', 4],
    ['sync', '2', '1Gi', 5], ['sync', '2', '512Mi', 4], ['sync', '16', '64Gi', 12],
    ['threaded', '100m', '256Mi', 1], ['threaded', '1', '1Gi', 1], ['threaded', '1100m', '1Gi', 2], ['threaded', '4', '256Mi', 2],
    ['async', '250m', '512Mi', 1], ['async', '2', '1Gi', 2], ['async', '64', '64Gi', 12], ['async', '1', '1Mi', 1],
  ])('of kind %s with %s cores and %s of memory is %d', (kind, cpu, memory, count) => {
    expect(countWorkers(kind, { cpu, memory })).toBe(count);
  });

  it('is that of one core where nothing is said', () => {
    expect(countWorkers('sync', {})).toBe(3);
    expect(countWorkers('async', {})).toBe(1);
  });

  it('is at least 1, at most the bound, and never less for more CPU or more memory', () => {
    const kind = fc.constantFrom<WorkerKind[]>('sync', 'threaded', 'async');
    fc.assert(fc.property(kind, fc.nat(100_000), fc.nat(100_000), fc.nat(1000), fc.nat(1000), (each, cpu, memory, moreCpu, moreMemory) => {
      const count = countWorkers(each, { cpu: `${cpu}m`, memory: `${memory}Mi` });
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(workerBounds.most);
      expect(countWorkers(each, { cpu: `${cpu + moreCpu}m`, memory: `${memory + moreMemory}Mi` })).toBeGreaterThanOrEqual(count);
    }));
  });
});

describe('the graceful stop', () => {
  it('ends 5 seconds before the kill, the preStop delay counted', () => {
    expect(gracefulStop({ gracePeriodSeconds: 60, preStopSeconds: 10 }, undefined)).toEqual({ seconds: 45, problems: [] });
    expect(gracefulStop({ gracePeriodSeconds: 4, preStopSeconds: 0 }, undefined)).toEqual({ seconds: 1, problems: [] });
  });

  it('is an error when it would be cut, which names the grace period that is needed', () => {
    expect(gracefulStop({ gracePeriodSeconds: 30, preStopSeconds: 5 }, 25).problems).toEqual([{
      message: 'expected gracefulTimeout 25 to end before the pod is killed: a grace period of 30 s less 5 s of preStop leaves 25 s',
      fix: 'give the pod a grace period of 35 s, or a shorter gracefulTimeout',
    }]);
    expect(gracefulStop({ gracePeriodSeconds: 5, preStopSeconds: 5 }, undefined).problems).toHaveLength(1);
  });

  it('ends before the kill for any grace period, or is an error', () => {
    fc.assert(fc.property(fc.nat(600), fc.nat(600), fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }), (gracePeriodSeconds, preStopSeconds, asked) => {
      const { seconds, problems } = gracefulStop({ gracePeriodSeconds, preStopSeconds }, asked);
      expect(problems.length === 0).toBe(seconds < gracePeriodSeconds - preStopSeconds);
    }));
  });
});

describe('the probes of a server', () => {
  it.each(servers)('of %s open a connection where no health path is named', (_, server) => {
    const { startup, readiness, liveness } = server.start(setting).probes;
    for (const probe of [startup, readiness, liveness]) expect(probe).toMatchObject({ tcpSocket: { port: 'http' } });
  });

  it('ask the health path, with the host that it wants, on the port by its name', () => {
    const { readiness } = uvicorn('a:b').start({ ...setting, portName: 'web', health: { path: '/healthz', host: 'shop.example' } }).probes;
    expect(readiness).toMatchObject({ httpGet: { path: '/healthz', port: 'web', httpHeaders: [{ name: 'Host', value: 'shop.example' }] } });
  });

  it('restart a stuck event loop, but never a busy server that watches its own workers', () => {
    const asked = { ...setting, health: { path: '/healthz' } };
    expect(uvicorn('a:b').start(asked).probes.liveness).toHaveProperty('httpGet');
    expect(hypercorn('a:b').start(asked).probes.liveness).toHaveProperty('httpGet');
    expect(gunicorn('a:b').start(asked).probes.liveness).toHaveProperty('tcpSocket');
    expect(uvicorn('a:b', { workers: 2 }).start(asked).probes.liveness).toHaveProperty('tcpSocket');
  });
});

describe('the folders of a server', () => {
  it('hold gunicorn\'s heartbeat in memory', () => {
    expect(gunicorn('a:b').start(setting)).toMatchObject({ scratch: [{ name: 'gunicorn', mountPath: '/run/gunicorn', memory: true }], env: { XDG_RUNTIME_DIR: '/run/gunicorn' } });
  });

  it('hold the metrics of several processes, when they are monitored and not otherwise', () => {
    const several = [gunicorn('a:b', { workers: 2 }), uvicorn('a:b', { workers: 2 }), hypercorn('a:b', { workers: 2 }), tornado('a', { processes: 2 }), command(['a'], { processes: 2 })];
    for (const server of several) {
      expect(server.start({ ...setting, monitoring: true }).env['PROMETHEUS_MULTIPROC_DIR']).toBe('/run/prometheus');
      expect(server.start({ ...setting, monitoring: true }).scratch.map((folder) => folder.mountPath)).toContain('/run/prometheus');
      expect(server.start(setting).env).not.toHaveProperty('PROMETHEUS_MULTIPROC_DIR');
    }
    expect(uvicorn('a:b').start({ ...setting, monitoring: true }).scratch).toEqual([]);
  });
});
