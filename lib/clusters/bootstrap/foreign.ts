import type { Bootstrap } from '../../synth/bootstrap.ts';
import { SlipwayError } from '../../values/errors.ts';
import { textAt } from '../../values/fields.ts';
import type { ApiServer } from './api-server.ts';

/** The definition by which each controller is known. */
const definitions = { 'argo-cd': 'applications.argoproj.io', flux: 'kustomizations.kustomize.toolkit.fluxcd.io' } as const;

/** Label and value of every namespace that Slipway renders. */
const ours = { label: 'app.kubernetes.io/managed-by', value: 'slipway' } as const;

/** Refuses a cluster on which somebody else installed a controller of either kind: its objects would be taken over, or two would fight. */
export async function refuseForeign(server: ApiServer, { cluster, namespace }: Bootstrap): Promise<void> {
  const kinds = Object.keys(definitions) as (keyof typeof definitions)[];
  const found = [];
  for (const kind of kinds) if (await server.find({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: definitions[kind] }) !== undefined) found.push(kind);
  if (found.length === 0) return;
  // A bootstrap that stopped midway, or a change from one of our controllers to the other, left namespaces that say so.
  const spaces = await server.list('v1', 'Namespace');
  const own = spaces.filter((space) => textAt(space, 'metadata', 'labels', ours.label) === ours.value).map((space) => textAt(space, 'metadata', 'name') ?? '');
  if (own.includes(namespace) || own.includes('argocd') || own.includes('flux-system')) return;
  throw SlipwayError.of(cluster, `expected a cluster without a GitOps controller, or with the one that Slipway installed, found the definitions of ${found.join(' and ')} and no namespace of ours`, 'remove what is installed, or take it over by `adopt: true` in the stack\'s config (slipway:adopt)');
}
