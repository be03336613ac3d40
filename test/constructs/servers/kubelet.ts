import type { IProbe } from 'kubernetes-models/v1/Probe';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container } from './container.ts';

/** Asks a probe once, as the kubelet does: an HTTP answer of 200 to 399, or a TCP connection. */
export function askProbe(probe: IProbe, port: number): Promise<boolean> {
  const timeout = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.httpGet !== undefined) {
    const headers = Object.fromEntries((probe.httpGet.httpHeaders ?? []).map(({ name, value }) => [name, value]));
    return new Promise((resolve) => {
      const request = get({ host: '127.0.0.1', port, path: probe.httpGet?.path ?? '/', headers, timeout, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode !== undefined && response.statusCode >= 200 && response.statusCode < 400);
      });
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(false));
    });
  }
  if (probe.tcpSocket === undefined) throw new Error(`a probe of no known form: ${JSON.stringify(probe)}`);
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout });
    const answer = (well: boolean) => () => { socket.destroy(); resolve(well); };
    socket.on('connect', answer(true)).on('timeout', answer(false)).on('error', answer(false));
  });
}

/** Waits for the startup probe for as long as the kubelet would, asking more often. */
export async function waitStarted(container: Container, probe: IProbe, port: number): Promise<void> {
  const tries = (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3) * 10;
  for (let count = 0; count < tries; count++) {
    if (await askProbe(probe, port)) return;
    if (!container.running) throw new Error(`it ended before it answered:\n${container.output}`);
    await sleep(100);
  }
  throw new Error(`the startup probe got no answer:\n${container.output}`);
}

/** The text of an answer. */
export async function fetchText(port: number, path: string): Promise<string> {
  return (await begin(port, path)).whole;
}

/** Sends a request, reads the answer and keeps the connection open, as a gateway does. */
export async function keepAlive(port: number, path: string): Promise<Socket> {
  const agent = new Agent({ keepAlive: true });
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, agent }, (response) => {
      response.resume();
      response.on('end', () => { if (request.socket !== null) resolve(request.socket); });
    });
    request.on('error', reject);
  });
}

/** Sends a request and waits for the first bytes of the answer, so that it is surely running; `whole` is the full text. */
export async function begin(port: number, path: string): Promise<{ readonly whole: Promise<string> }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false }, resolve).on('error', reject);
  });
  let text = '';
  const whole = new Promise<string>((resolve, reject) => {
    response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    response.on('end', () => resolve(text));
    response.on('error', reject);
  });
  // Handled here too, for the case that nobody waits for the end.
  whole.catch(() => undefined);
  await new Promise<void>((resolve, reject) => { response.once('data', () => resolve()); response.once('end', () => resolve()); response.once('error', reject); });
  return { whole };
}
