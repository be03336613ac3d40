import type { Problem } from '../values/errors.ts';
import { at, fieldsAt, isFields, type Fields } from '../values/fields.ts';
import type { Cluster } from './cluster.ts';
import { externalAppSchema, type ExternalApp } from './external-app.ts';
import type { Sourced } from './fleet.ts';
import { describeValue, parseWith } from './schema.ts';

const gitFields = ['path', 'revision', 'url'];
const chartFields = ['chart', 'repo', 'values', 'version'];

/** Whether a definition is an external app's, right or wrong. */
export function isExternalApp(value: unknown): boolean {
  return at(value, 'kind') === 'external-app';
}

/** Checks an external app; its destination is resolved to a cluster's name. Undefined when anything is wrong or its cluster is unknown, which the checks between definitions tell. */
export function parseExternalApp(source: Sourced<unknown>, clusters: Iterable<Cluster>, problems: Problem[]): ExternalApp | undefined {
  const input = isFields(source.value) ? source.value : {};
  const listed = Array.isArray(input['source']);
  const shape = [...shapeProblems(input, source.file), ...destinationProblems(input, source.file)];
  const { value, problems: found } = parseWith(externalAppSchema, { ...input, ...(!listed && input['source'] !== undefined && { source: [input['source']] }) }, source.file);
  // One definition has one fault here: what the schema says of the same part would only repeat it.
  const rest = found
    .map((problem) => (listed ? problem : { ...problem, where: problem.where.replace(/: source\[0\]/, ': source') }))
    .filter((problem) => !shape.some(({ where }) => problem.where === where || problem.where.startsWith(`${where}.`) || problem.where.startsWith(`${where}[`)));
  problems.push(...shape, ...rest);
  if (value === undefined || shape.length > 0) return undefined;
  const { source: sources, to, kind: _, ...app } = value;
  const cluster = [...clusters].find((each) => (to.cluster === undefined ? each.server === to.server : each.name === to.cluster));
  return cluster === undefined ? undefined : { ...app, sources, cluster: cluster.name, namespace: to.namespace, file: source.file };
}

/** Whether each source is one thing, and says which version of it. */
function shapeProblems(input: Fields, file: string): Problem[] {
  const source = input['source'];
  const single = !Array.isArray(source);
  const all: readonly unknown[] = Array.isArray(source) ? source : [source];
  return all.flatMap((each, index): Problem[] => {
    if (!isFields(each)) return [];
    const where = `${file}: source${single ? '' : `[${index}]`}`;
    const [asGit, asChart] = [gitFields, chartFields].map((names) => names.filter((name) => each[name] !== undefined)) as [string[], string[]];
    const git = asGit.length > 0 || each['kind'] === 'git' || each['git'] !== undefined;
    const chart = asChart.length > 0 || each['kind'] === 'helm' || (each['helm'] !== undefined && each['kind'] !== 'git');
    if (git && chart) {
      return [{ where, message: `expected a Git folder or a chart, got both (${[...asGit, ...asChart].sort().join(', ') || 'git, helm'})`, fix: 'write git({ url, revision, path }) or helm({ repo, chart, version, values }); an app of both takes a list of them' }];
    }
    if (each['kind'] === 'helm' && each['version'] === undefined) return [{ where: `${where}.version`, message: 'expected the exact version of the chart, got nothing', fix: 'write version: \'6.7.0\', with the version to install' }];
    if (each['kind'] === 'git' && each['revision'] === undefined) return [{ where: `${where}.revision`, message: 'expected a branch, a tag or a commit, got nothing', fix: 'write revision: \'v1.4.2\', or the branch to follow' }];
    return [];
  });
}

/** Whether the destination is named once. */
function destinationProblems(input: Fields, file: string): Problem[] {
  if (!isFields(input['to'])) return [];
  const { cluster, server } = fieldsAt(input, 'to');
  if (cluster !== undefined && server !== undefined) {
    return [{ where: `${file}: to`, message: `expected a cluster or a server, got both (cluster ${describeValue(cluster)}, server ${describeValue(server)})`, fix: 'name the cluster only: its server is known' }];
  }
  if (cluster === undefined && server === undefined) return [{ where: `${file}: to`, message: 'expected a cluster or a server, got neither', fix: 'write cluster: \'<name of a cluster of the fleet>\'' }];
  return [];
}
