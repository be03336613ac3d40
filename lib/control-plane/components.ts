import { join } from 'node:path';

/** A pinned program that is built from Go modules. */
export interface Component {
  /** Its folder on this machine: go.mod with `tool` lines, go.sum and, for a tool of our own, the source. */
  readonly folder: string;
  /** The module whose version in go.mod is the component's version. @default - a tool of our own, which has no version */
  readonly module?: string;
  /** The Go package of each binary. */
  readonly binaries: Readonly<Record<string, string>>;
  /** Linker flags that tell the program its version. @default - none */
  readonly linkFlags?: (version: string) => readonly string[];
}

const modules = join(import.meta.dirname, 'go');
const kubernetesVersion = 'k8s.io/component-base/version';

/**
 * Everything of which a control plane and its controllers are made, in the order in which a cold machine does: small tools first, so that what is wrong
 * with the machine (no Go, no network) shows at once; the control plane before the controllers, which need it.
 */
export const components = {
  supervise: { folder: join(modules, 'tools/supervise'), binaries: { supervise: '.' } },
  pki: { folder: join(modules, 'tools/pki'), binaries: { pki: '.' } },
  redis: { folder: join(modules, 'tools/redis'), binaries: { redis: '.' } },
  sourceignore: { folder: join(modules, 'tools/sourceignore'), binaries: { sourceignore: '.' } },
  kustomize: {
    folder: join(modules, 'components/kustomize'),
    module: 'sigs.k8s.io/kustomize/kustomize/v5',
    binaries: { kustomize: 'sigs.k8s.io/kustomize/kustomize/v5' },
  },
  etcd: {
    folder: join(modules, 'components/etcd'),
    module: 'go.etcd.io/etcd/server/v3',
    binaries: { etcd: 'go.etcd.io/etcd/server/v3' },
  },
  kubernetes: {
    folder: join(modules, 'components/kubernetes'),
    module: 'k8s.io/kubernetes',
    binaries: {
      'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
      'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
      'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
      kubectl: 'k8s.io/kubernetes/cmd/kubectl',
    },
    // Without these the server calls itself v0.0.0-master and kubectl cannot compare versions.
    linkFlags: (version) => [
      `-X ${kubernetesVersion}.gitVersion=v${version}`,
      `-X ${kubernetesVersion}.gitMajor=${version.split('.')[0]}`,
      `-X ${kubernetesVersion}.gitMinor=${version.split('.')[1]}`,
    ],
  },
  kwok: {
    folder: join(modules, 'components/kwok'),
    module: 'sigs.k8s.io/kwok',
    binaries: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' },
  },
  helm: {
    folder: join(modules, 'components/helm'),
    module: 'helm.sh/helm/v3',
    binaries: { helm: 'helm.sh/helm/v3/cmd/helm' },
  },
  'kustomize-controller': {
    folder: join(modules, 'components/kustomize-controller'),
    module: 'github.com/fluxcd/kustomize-controller',
    binaries: { 'kustomize-controller': 'github.com/fluxcd/kustomize-controller' },
  },
  'argo-rollouts': {
    folder: join(modules, 'components/argo-rollouts'),
    module: 'github.com/argoproj/argo-rollouts',
    binaries: { 'rollouts-controller': 'github.com/argoproj/argo-rollouts/cmd/rollouts-controller' },
    linkFlags: (version) => [`-X github.com/argoproj/argo-rollouts/utils/version.version=v${version}`],
  },
  // After Argo Rollouts, of whose packages it is made.
  gatewayapi: { folder: join(modules, 'tools/gatewayapi'), binaries: { gatewayapi: '.' } },
  'argo-cd': {
    folder: join(modules, 'components/argo-cd'),
    module: 'github.com/argoproj/argo-cd/v3',
    // One program; the name by which it is called says which part it plays.
    binaries: { argocd: 'github.com/argoproj/argo-cd/v3/cmd' },
    linkFlags: (version) => [`-X github.com/argoproj/argo-cd/v3/common.version=${version}`],
  },
} as const satisfies Record<string, Component>;

/** The name of a component. */
export type ComponentName = keyof typeof components;
