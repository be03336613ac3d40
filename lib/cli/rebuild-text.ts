import type { Bootstrap, BootstrapPhase } from '../synth/bootstrap.ts';
import { identityOf, type ObjectIdentity } from '../synth/bootstrap-readiness.ts';
import type { RequiredSecret } from '../synth/required-secret.ts';
import { quoted, waitLine, type RebuildSource } from './rebuild-script.ts';

const titles: Readonly<Record<BootstrapPhase['name'], string>> = {
  definitions: 'namespaces and definitions of the install',
  secrets: 'Secrets that can\'t be in Git, which the controller needs from the start',
  install: 'the rest of the install',
  root: 'what the controller follows; from here it owns everything',
  'app-secrets': 'Secrets that can\'t be in Git, as soon as their namespaces are there',
};

/** What has to be done to get a cluster back, for a person. */
export function describeRebuild(bootstrap: Bootstrap, source: RebuildSource): string {
  const { cluster, controller, fieldManager, phases } = bootstrap;
  return [
    `${cluster} comes back from ${source.url}, ${source.branch} at ${source.commit.slice(0, 12)}, by ${controller === 'flux' ? 'Flux' : 'Argo CD'} in ${bootstrap.namespace}.`,
    `Every apply is kubectl apply --server-side --field-manager=${fieldManager}.`,
    '',
    ...phases.flatMap((phase, index) => [`${index + 1}. ${titles[phase.name]}`, ...phaseLines(phase).map((line) => `   ${line}`), '']),
    ...(bootstrap.left.length === 0 ? [] : [`Left to the controller, because an add-on brings their definitions: ${bootstrap.left.map(({ kind, name }) => `${kind}/${name}`).join(', ')}.`, '']),
    `slipway rebuild ${cluster} --script prints this as a shell script that needs git and kubectl alone.`,
  ].join('\n');
}

function phaseLines(phase: BootstrapPhase): string[] {
  if (phase.kind === 'secrets') return phase.secrets.length === 0 ? ['none'] : phase.secrets.flatMap(secretLines);
  const { objects, folder, files, waitFor } = phase;
  return [
    `apply ${files === undefined ? `${objects.length} objects of ${folder}` : files.map(quoted).join(', ')}${files === undefined ? `: ${counts(objects.map(({ kind }) => kind))}` : ''}`,
    ...(waitFor.length === 0 ? [] : waitFor.length > 3 ? [`wait for ${waitFor.length}: ${waitFor.map(({ object, until }) => `${object.kind}/${object.name} ${until}`).join(', ')}`] : waitFor.map((wait) => waitLine(wait).replace(/^k /, 'kubectl ').replace(/^await /, 'kubectl wait '))),
  ];
}

function secretLines({ namespace, name, keys, labels, namedBy, bring }: RequiredSecret): string[] {
  return [
    `${namespace}/${name}${keys.length === 0 ? '' : ` (${keys.join(', ')})`}${labels === undefined ? '' : ` [${Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(', ')}]`}`,
    `    ${bring}`,
    `    named by ${namedBy.length > 3 ? `${namedBy.slice(0, 3).join('; ')}; and ${namedBy.length - 3} more` : namedBy.join('; ')}`,
  ];
}

function counts(kinds: readonly string[]): string {
  const found = new Map<string, number>();
  for (const kind of kinds) found.set(kind, (found.get(kind) ?? 0) + 1);
  return [...found].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

/** A bootstrap as data for other programs: objects by what identifies them, secrets by name. */
export function rebuildData(bootstrap: Bootstrap, source: RebuildSource): object {
  return {
    ...bootstrap,
    source,
    phases: bootstrap.phases.map((phase) => (phase.kind === 'secrets' ? phase : { ...phase, objects: phase.objects.map((object): ObjectIdentity => identityOf(object)) })),
  };
}
