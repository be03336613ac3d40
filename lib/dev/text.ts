import type { DevWishes } from './choose.ts';
import type { DevPlace } from './place.ts';
import type { DevState } from './state.ts';

const tracked = { 'argo-cd': 'applications --namespace argocd', flux: 'kustomizations,gitrepositories --namespace flux-system' } as const;

/** What runs, what to look at, and how a change gets there. */
export function describeDev(place: DevPlace, state: DevState): string {
  const { cluster, controller, context, addresses } = state;
  const argoCd = addresses['argocd-server'];
  return [
    `A control plane for ${cluster} runs on this machine, with ${controller === 'flux' ? 'Flux' : 'Argo CD'} and Argo Rollouts. The pods are played: no image is pulled and nothing listens.`,
    '',
    `  export KUBECONFIG=${place.kubeconfig}     # context ${context}`,
    `  kubectl get ${tracked[controller]}`,
    '  kubectl get pods,rollouts --all-namespaces',
    ...(argoCd === undefined ? [] : [
      `  Argo CD's API: ${argoCd}, user admin, password:`,
      '  kubectl --namespace argocd get secret argocd-initial-admin-secret --output jsonpath=\'{.data.password}\' | base64 --decode',
    ]),
    '',
    'Deliver a change: commit it, then  slipway publish --dev',
    'How it is doing:                   slipway dev status',
    'End it, and leave nothing:         slipway dev down',
  ].join('\n');
}

/** How what runs differs from what was asked for; undefined where it doesn't. */
export function describeDifferent({ cluster, controller }: Pick<DevState, 'cluster' | 'controller'>, wishes: DevWishes): string | undefined {
  const same = (wishes.cluster ?? cluster) === cluster && (wishes.controller ?? controller) === controller;
  return same ? undefined : `one for ${cluster} with ${controller}, which runs`;
}
