import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { KubeConfig } from '@kubernetes/client-node';
import { SlipwayError } from '../../values/errors.ts';
import { at, listAt, textAt } from '../../values/fields.ts';
import type { ApiServer } from './api-server.ts';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Connects to the cluster of a kubeconfig's current context. The kubeconfig stays in memory. The Kubernetes project's own client says who
 * we are, in all the ways that a kubeconfig knows; objects are sent as they are, because its typed models rename fields that they
 * don't know, such as `x-kubernetes-preserve-unknown-fields` in a definition.
 */
export function connect(kubeconfig: string): ApiServer {
  const config = configOf(kubeconfig);
  const server = config.getCurrentCluster()?.server ?? '';
  const served = new Map<string, unknown>();

  const ask = async (method: 'GET' | 'PATCH', path: string, body?: unknown): Promise<Answer> => {
    const options: RequestOptions = { method, headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/apply-patch+yaml' }) } };
    try {
      await config.applyToHTTPSOptions(options);
      return await send(new URL(`${server.replace(/\/$/, '')}${path}`), options, body);
    } catch (error) {
      throw SlipwayError.of('the API server', `${server} can't be reached: ${error instanceof Error ? causeOf(error) : String(error)}`, 'see that the kubeconfig is right and this machine may reach it');
    }
  };
  /** The path of a kind's objects; undefined where the server doesn't serve it. What it doesn't serve yet is asked for again. */
  const pathOf = async (apiVersion: string, kind: string, namespace?: string): Promise<string | undefined> => {
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const find = (): unknown => listAt(served.get(base), 'resources').find((each) => textAt(each, 'kind') === kind && !textAt(each, 'name')?.includes('/'));
    if (find() === undefined) served.set(base, (await sound(`${apiVersion} ${kind}`, ask('GET', base))).body);
    const resource = find();
    if (resource === undefined) return undefined;
    const within = at(resource, 'namespaced') === true && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${base}${within}/${textAt(resource, 'name') ?? ''}`;
  };
  return {
    async apply(object, fieldManager) {
      const { apiVersion, kind, metadata: { name = '', namespace } = {} } = object;
      const what = `${kind} ${name}`;
      const path = await pathOf(apiVersion, kind, namespace);
      if (path === undefined) throw SlipwayError.of(what, `expected an API server that serves ${apiVersion} ${kind}, got one that doesn't`);
      const { status, body } = await ask('PATCH', `${path}/${name}?fieldManager=${fieldManager}&force=true&fieldValidation=Strict`, object);
      if (status >= 300) throw SlipwayError.of(what, `can't be applied: ${reasonOf({ status, body })}`);
    },
    async find({ apiVersion, kind, name, namespace }) {
      const path = await pathOf(apiVersion, kind, namespace);
      return path === undefined ? undefined : (await sound(`${kind} ${name}`, ask('GET', `${path}/${name}`))).body;
    },
    async list(apiVersion, kind) {
      const path = await pathOf(apiVersion, kind);
      return path === undefined ? [] : listAt((await sound(kind, ask('GET', path))).body, 'items');
    },
  };
}

function configOf(kubeconfig: string): KubeConfig {
  const config = new KubeConfig();
  try {
    config.loadFromString(kubeconfig);
  } catch (error) {
    throw SlipwayError.of('kubeconfig', `can't be read: ${error instanceof Error ? error.message : String(error)}`, 'give a kubeconfig as kubectl takes it');
  }
  return config;
}

/** An answer, with nothing in it where nothing was found. */
async function sound(what: string, asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status === 404) return { status: 404, body: undefined };
  if (answer.status >= 300) throw SlipwayError.of(what, `can't be read: ${reasonOf(answer)}`);
  return answer;
}

function reasonOf({ status, body }: Answer): string {
  return `HTTP ${status}${textAt(body, 'message') === undefined ? '' : `: ${textAt(body, 'message') ?? ''}`}`;
}

/** Why a connection failed: several attempts, one for each address, are one error without words of its own. */
function causeOf(error: Error): string {
  const causes = error instanceof AggregateError ? error.errors.map(String) : [error.message];
  return causes.join('; ');
}

async function send(url: URL, options: RequestOptions, body: unknown): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const sent = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, { ...options, timeout: 60_000 }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: parsed(answer) }), reject);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer within a minute')));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** An answer as data; what isn't JSON came from something between us and the API server, and is told as it is. */
function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return { message: answer.slice(0, 300) };
  }
}
