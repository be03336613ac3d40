import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runFolder } from '../../../../lib/control-plane/plane.ts';

const selectorOf = (...expressions: readonly (readonly [key: string, operator: 'DoesNotExist' | 'Exists'])[]): object => ({ matchExpressions: expressions.map(([key, operator]) => ({ key, operator })) });

const started = `{{ $now := Now }}
phase: Running
startTime: {{ $now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName ( or .spec.hostNetwork false ) ( or .metadata.uid "" ) ( or .metadata.name "" ) ( or .metadata.namespace "" ) | Quote }}
conditions:
{{ range $index, $type := list "Initialized" "ContainersReady" "Ready" }}
- { type: {{ $type }}, status: "True", lastTransitionTime: {{ $now | Quote }} }
{{ end }}
containerStatuses:
{{ range .spec.containers }}
- { name: {{ .name | Quote }}, image: {{ .image | Quote }}, ready: true, started: true, restartCount: 0, state: { running: { startedAt: {{ $now | Quote }} } } }
{{ end }}
`;

/** A file of KWOK's Stages by which a pod takes some seconds until it is ready: whoever doesn't wait for new pods is caught. They are gone at once; Jobs don't complete. */
export async function slowPods(seconds: number): Promise<string> {
  const stage = (name: string, spec: object): object => ({ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind: 'Stage', metadata: { name }, spec: { resourceRef: { apiGroup: 'v1', kind: 'Pod' }, ...spec } });
  const stages = [
    stage('pod-ready', { delay: { durationMilliseconds: seconds * 1000 }, selector: selectorOf(['.metadata.deletionTimestamp', 'DoesNotExist'], ['.status.podIP', 'DoesNotExist']), next: { statusTemplate: started } }),
    stage('pod-delete', { selector: selectorOf(['.metadata.deletionTimestamp', 'Exists']), next: { finalizers: { empty: true }, delete: true } }),
  ];
  const file = join(await mkdtemp(join(await runFolder(), 'stages-')), 'pods.yaml');
  await writeFile(file, stages.map((each) => JSON.stringify(each)).join('\n---\n'));
  return file;
}
