import type { FluxComponents } from './components.ts';

/** The options that depend on each other. */
interface FluxChoices {
  readonly components: FluxComponents;
  readonly imageAutomation: boolean;
  readonly receivers: readonly object[];
  readonly shards: number;
  readonly version: string;
}

/** A problem of options that only shows when several are seen together. */
interface OptionProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Versions of kustomize-controller by the Flux that brings them: a shard's Deployment is our own and has to name its image. */
const kustomizeControllers: Readonly<Record<string, string>> = { '2.9.4': '1.9.4' };

/** The kustomize-controller of a Flux version, where it is known. */
export function kustomizeControllerOf(version: string): string | undefined {
  return kustomizeControllers[version];
}

/** The first version whose controller has everything that the rendered objects count on. */
const oldest = [2, 9, 4] as const;

/** Everything that is wrong between Flux's options. */
export function fluxProblems(options: FluxChoices): OptionProblem[] {
  const { components, imageAutomation, receivers, shards, version } = options;
  const problems: OptionProblem[] = [];
  if (isOlder(version)) problems.push({ path: ['version'], message: `expected ${oldest.join('.')} or later, got ${version}: a Kustomization with an Argo Rollout never gets ready under an older one` });
  if (components.notifications === false && receivers.length > 0) problems.push({ path: ['components', 'notifications'], message: 'expected the notification controller beside receivers, got false: it takes the webhooks' });
  for (const name of ['imageAutomation', 'imageReflector'] as const) {
    if (!imageAutomation && Object.keys(components[name]).length > 0) problems.push({ path: ['components', name], message: 'expected imageAutomation: true beside it, without which the controller isn\'t installed' });
  }
  if (shards > 1 && kustomizeControllerOf(version) === undefined) {
    problems.push({ path: ['shards'], message: `expected a version of Flux whose kustomize-controller Slipway knows (${Object.keys(kustomizeControllers).sort().join(', ')}), got ${version}: use components.kustomize.concurrent instead` });
  }
  return problems;
}

function isOlder(version: string): boolean {
  const parts = version.replace(/-.*$/, '').split('.').map(Number);
  const different = oldest.findIndex((part, index) => parts[index] !== part);
  return different >= 0 && (parts[different] ?? 0) < (oldest[different] ?? 0);
}
