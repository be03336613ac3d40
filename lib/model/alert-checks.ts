import type { Problem } from '../values/errors.ts';
import type { Alert } from './alerts.ts';
import type { Cluster } from './cluster.ts';
import type { Fleet } from './fleet.ts';
import { hostOf, runtimeReposOf } from './runtime-source.ts';

/** A repository on GitHub, or a GitHub Enterprise server, as its API and its web pages know it. */
export interface GithubRepository {
  readonly host: string;
  /** Owner and name, such as `acme/runtime`. */
  readonly path: string;
  /** Its https URL. */
  readonly url: string;
}

/** Reads a Git URL of the form that GitHub has, with an owner and a name; undefined for any other. */
export function githubRepository(url: string): GithubRepository | undefined {
  const match = /^(?:https?:\/\/|ssh:\/\/(?:[\w-]+@)?|(?:[\w-]+@)(?=[\w.-]+:))([\w.-]+)(?::\d+)?[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url);
  const [, host, path] = match ?? [];
  return host === undefined || path === undefined ? undefined : { host, path, url: `https://${host}/${path}` };
}

/** Alerts that the controllers of their clusters can't send. */
export function alertProblems(fleet: Fleet): Problem[] {
  const fileOf = (key: string): string => fleet.files.get(key) ?? key;
  return [
    ...fleet.environments.flatMap(({ name, alerts, clusters }) => alerts.flatMap((alert, index) => problemsOf(alert, clusters, fleet, `${fileOf(`environment/${name}`)}: alerts[${index}]`))),
    ...fleet.clusters.flatMap((cluster) => cluster.alerts.flatMap((alert, index) => problemsOf(alert, [cluster], fleet, `${fileOf(`cluster/${cluster.name}`)}: alerts[${index}]`))),
  ];
}

function problemsOf(alert: Alert, clusters: readonly Cluster[], fleet: Fleet, where: string): Problem[] {
  const hosts = [...new Set(clusters.map((cluster) => hostOf(cluster, fleet)))];
  if (alert.kind === 'email') {
    const flux = hosts.filter((host) => host.controller.kind === 'flux').map((host) => host.name).sort();
    return flux.length === 0 ? [] : [{ where, message: `expected an alert that Flux can send, got e-mail; ${flux.join(', ')} ${flux.length === 1 ? 'runs' : 'run'} Flux, which has no e-mail`, fix: 'use slack(), msTeams() or webhook(), or let Prometheus\' Alertmanager mail' }];
  }
  if (alert.kind !== 'github-commit-status') return [];
  const repositories = hosts.flatMap((host) => runtimeReposOf(host, fleet));
  return repositories.flatMap((repository): Problem[] => {
    const github = repository === undefined ? undefined : githubRepository(repository.url);
    if (github === undefined) return [{ where, message: `expected a runtime repo on GitHub, got ${repository === undefined ? 'the embedded one' : JSON.stringify(repository.url)}`, fix: 'name the runtime repo\'s GitHub URL, or use another alert' }];
    if (github.host !== 'github.com' && alert.api === undefined) return [{ where: `${where}.api`, message: `expected the URL of the API of ${github.host}, got nothing`, fix: `write api: 'https://${github.host}/api/v3'` }];
    return [];
  }).slice(0, 1);
}
