import { createHash } from 'node:crypto';
import type { FleetSources } from '../../lib/model/fleet.ts';

/** A mutable picture of a workspace's files: what `defineX` functions would have returned. */
export interface Draft {
  readonly fleet: Record<string, unknown> & { environments: unknown[] };
  readonly environments: Record<string, Record<string, unknown>>;
  readonly clusters: Record<string, Record<string, unknown>>;
  readonly apps: Record<string, Record<string, unknown>>;
  /** Pins file texts by environment. */
  readonly pins: Record<string, string>;
}

/** A digest for a word. */
export function digest(word: string): string {
  return `sha256:${createHash('sha256').update(word).digest('hex')}`;
}

/** A fleet of three environments, four clusters and three apps in which nothing is wrong. */
export function draft(): Draft {
  const cluster = (name: string, provider: string, more: object = {}): Record<string, unknown> => ({ name, provider, kubernetes: '1.35', labels: { tier: name }, controller: { kind: 'argo-cd' }, ...more });
  const clusters = {
    dev: cluster('dev', 'doks', { region: 'fra1', workers: 3, controller: { kind: 'flux', imageAutomation: true } }),
    staging: cluster('staging', 'ack', { kubernetes: '1.34', dnsDomain: 'staging.local' }),
    'prod-eu': cluster('prod-eu', 'eks'),
    'prod-onprem': cluster('prod-onprem', 'existing', { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443' }),
  };
  const environment = (name: string, on: unknown[], more: object = {}): Record<string, unknown> => ({ name, clusters: on, registry: 'ghcr.io/acme', domain: `${name}.acme.example`, sizes: { small: { cpu: '50m', memory: '128Mi', memoryLimit: '256Mi' } }, ...more });
  const environments = {
    dev: environment('dev', [clusters.dev]),
    staging: environment('staging', [clusters.staging], { promotion: { from: 'dev' } }),
    prod: environment('prod', [clusters['prod-eu'], clusters['prod-onprem']], { promotion: { from: 'staging', approval: 'pull-request', freeze: [{ name: 'weekend', days: ['fri'], from: '16:00', until: '24:00', timeZone: 'Europe/Berlin' }] }, runtimeRepo: { url: 'https://git.acme.example/runtime.git', branch: 'prod' } }),
  };
  const app = (name: string, more: object = {}): Record<string, unknown> => ({ name, team: 'shop', source: `https://github.com/acme/${name}`, images: { main: name }, environments: ['dev', 'staging', 'prod'], provides: { http: { port: 80, targetPort: 8000 } }, endpoints: {}, build: () => undefined, ...more });
  const apps = { 'flask-api': app('flask-api'), 'hello-tornado': app('hello-tornado', { team: 'web' }), storefront: app('storefront', { podSecurity: 'baseline' }) };
  const pins = Object.fromEntries(Object.keys(environments).map((name) => [name, [
    'apiVersion: kustomize.config.k8s.io/v1beta1', 'kind: Kustomization', 'images:',
    ...Object.keys(apps).flatMap((image) => [`  - name: ${image}`, '    newTag: 1.4.2', `    digest: ${digest(image)}`]), '',
  ].join('\n')]));
  return { fleet: { environments: Object.values(environments), runtimeRepo: { url: 'git@github.com:acme/runtime.git', path: 'rendered' } }, environments, clusters, apps, pins };
}

/** The sources of a draft, as the workspace would load them. */
export function sourcesOf(drafted: Draft): FleetSources {
  const located = (folder: string, values: Record<string, unknown>): never[] => Object.entries(values).map(([file, value]) => ({ file: `${folder}/${file}.ts`, value }) as never);
  return {
    fleet: { file: 'environments/index.ts', value: drafted.fleet as never },
    environments: located('environments', drafted.environments),
    clusters: located('environments/clusters', drafted.clusters),
    apps: located('apps', drafted.apps),
    read: (path) => drafted.pins[/^environments\/images\/(.+)\/kustomization\.yaml$/.exec(path)?.[1] ?? ''],
  };
}
