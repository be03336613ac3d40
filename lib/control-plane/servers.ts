import { join } from 'node:path';
import { binary, type Built } from './build.ts';
import type { Pki } from './pki.ts';
import type { ProcessOptions } from './process.ts';

const room = { cpu: '64', memory: '256Gi', pods: '500', 'ephemeral-storage': '1Ti' };

/** What the programs of one control plane share. */
export interface PlaneFacts {
  /** Where logs go. */
  readonly folder: string;
  /** Keys, the kubeconfig and kubectl's home: removed with the plane. */
  readonly pki: Pki;
  readonly kubeconfig: string;
  readonly etcdPort: number;
  readonly apiPort: number;
}

/** The API server's store, which ends last: the plane's data and keys go with it. Only the certificates of this plane are let in: two planes never mix. */
export function etcd(built: Built, facts: PlaneFacts): ProcessOptions {
  const { file } = facts.pki;
  const data = join(facts.folder, 'etcd-data');
  const url = `https://127.0.0.1:${facts.etcdPort}`;
  // Nobody else joins, so the peer listener gets any port and the advertised one is never called.
  const peer = 'https://127.0.0.1:2380';
  const args = [
    ['--data-dir', data, '--unsafe-no-fsync', '--log-level', 'warn'],
    ['--listen-client-urls', url, '--advertise-client-urls', url],
    ['--cert-file', file('etcd.crt'), '--key-file', file('etcd.key'), '--client-cert-auth', '--trusted-ca-file', file('ca.crt')],
    ['--listen-peer-urls', 'https://127.0.0.1:0', '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
    ['--peer-cert-file', file('etcd.crt'), '--peer-key-file', file('etcd.key')],
    ['--peer-client-cert-auth', '--peer-trusted-ca-file', file('ca.crt')],
  ].flat();
  return { name: 'etcd', command: binary(built, 'etcd'), args, logs: facts.folder, remove: [data, facts.pki.folder] };
}

/** The API server: RBAC on, the default admission plugins (Pod Security among them), an administrator by certificate. */
export function apiServer(built: Built, facts: PlaneFacts): ProcessOptions {
  const { file } = facts.pki;
  const args = [
    ['--bind-address', '127.0.0.1', '--advertise-address', '127.0.0.1', '--secure-port', String(facts.apiPort)],
    // A loopback address is refused as an endpoint of the service `kubernetes`.
    ['--endpoint-reconciler-type', 'none', '--service-cluster-ip-range', '10.96.0.0/16'],
    ['--etcd-servers', `https://127.0.0.1:${facts.etcdPort}`, '--etcd-cafile', file('ca.crt')],
    ['--etcd-certfile', file('etcd.crt'), '--etcd-keyfile', file('etcd.key')],
    ['--tls-cert-file', file('apiserver.crt'), '--tls-private-key-file', file('apiserver.key'), '--client-ca-file', file('ca.crt')],
    ['--service-account-issuer', 'https://kubernetes.default.svc.cluster.local'],
    ['--service-account-key-file', file('sa.pub'), '--service-account-signing-key-file', file('sa.key')],
    ['--authorization-mode', 'Node,RBAC', '--allow-privileged', '--profiling=false', '--v', '1'],
  ].flat();
  return { name: 'kube-apiserver', command: binary(built, 'kube-apiserver'), args, logs: facts.folder };
}

/** Makes ReplicaSets, Pods, default service accounts; serves nothing itself. */
export function controllerManager(built: Built, facts: PlaneFacts, autoscaler: boolean): ProcessOptions {
  const { file } = facts.pki;
  const args = [
    ['--kubeconfig', facts.kubeconfig, '--secure-port', '0', '--leader-elect=false', '--profiling=false'],
    ['--service-account-private-key-file', file('sa.key'), '--root-ca-file', file('ca.crt')],
    ['--cluster-signing-cert-file', file('ca.crt'), '--cluster-signing-key-file', file('ca.key')],
    autoscaler ? [] : ['--controllers', '*,-horizontal-pod-autoscaler-controller'],
  ].flat();
  return { name: 'kube-controller-manager', command: binary(built, 'kube-controller-manager'), args, logs: facts.folder };
}

/** Puts pods onto nodes; serves nothing itself. */
export function scheduler(built: Built, facts: PlaneFacts): ProcessOptions {
  const args = ['--kubeconfig', facts.kubeconfig, '--secure-port', '0', '--leader-elect=false', '--profiling=false'];
  return { name: 'kube-scheduler', command: binary(built, 'kube-scheduler'), args, logs: facts.folder };
}

/** Plays the kubelet: pods become Running and Ready, Jobs complete. Nothing is pulled, run, listened on or probed. With a file of KWOK's Stages pods do as these say. */
export function kwok(built: Built, facts: PlaneFacts, stages?: string): ProcessOptions {
  const args = [
    ['--kubeconfig', facts.kubeconfig, '--manage-all-nodes', '--node-ip', '127.0.0.1', '--node-name', ''],
    ['--cidr', '10.244.0.0/16', '--node-lease-duration-seconds', '40'],
    stages === undefined ? [] : ['--config', stages],
  ].flat();
  return { name: 'kwok', command: binary(built, 'kwok'), args, logs: facts.folder };
}

/** The nodes that KWOK manages: one a zone, so that pods that want to be spread can be, with room for every sample. */
export const nodes = ['a', 'b', 'c'].map((zone) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name: `node-${zone}`,
    annotations: { 'kwok.x-k8s.io/node': 'fake', 'node.alpha.kubernetes.io/ttl': '0' },
    labels: {
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': `node-${zone}`,
      'kubernetes.io/os': 'linux',
      'topology.kubernetes.io/zone': `zone-${zone}`,
    },
  },
  status: { allocatable: room, capacity: room },
}));
