import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { binary } from '../../../lib/control-plane/build.ts';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { runOk } from '../../../lib/control-plane/run-program.ts';
import { providerExamples, readyMadeExamples } from '../../constructs/analysis/examples.ts';
import { judgedBy } from '../../constructs/analysis/in-a-rollout.ts';
import { build } from '../harness/build.ts';
import { named, whyWithout } from '../harness/need.ts';
import { lostFields, type LiveObject } from '../harness/objects.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'rolloutcheck');
const golden = join(import.meta.dirname, '../../golden/analysis');
const files = readdirSync(golden).sort();
const namespace = 'storefront-prod';

function templatesIn(file: string): (IAnalysisTemplate & LiveObject)[] {
  return parseAllDocuments(readFileSync(join(golden, file), 'utf8')).map((document) => document.toJS() as IAnalysisTemplate & LiveObject);
}

describe.skipIf(reason !== undefined)(named('the golden analyses', reason), () => {
  let plane: OwnPlane;

  const send = async (object: object, ...flags: readonly string[]): Promise<LiveObject> => {
    const { stdout } = await plane.kubectl(['apply', '--server-side', '--validate=strict', '-o', 'json', ...flags, '-f', '-'], { input: JSON.stringify(object) });
    return JSON.parse(stdout) as LiveObject;
  };

  beforeAll(async () => {
    plane = await startPlane({ controllers: false });
    await installCrds(plane, files.flatMap(templatesIn));
    await send({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } });
    for (const name of ['default', 'contract-tests']) await send({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
    await send({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'batch' }, value: 10 });
  });
  afterAll(() => plane?.stop());

  it.each(files)('%s is accepted by the API server, and nothing of it is lost', async (file) => {
    for (const template of templatesIn(file)) expect(lostFields(template, await send(template), file)).toEqual([]);
  });

  it('of Jobs run pods that a namespace of the restricted standard admits', async () => {
    const jobs = files.flatMap(templatesIn).flatMap(({ spec }) => spec.metrics ?? []).flatMap(({ name, provider }) => (provider.job === undefined ? [] : [{ name, spec: provider.job.spec }]));
    expect(jobs.length).toBeGreaterThanOrEqual(2);
    for (const { name, spec } of jobs) {
      await send({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace }, spec });
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec: spec.template.spec };
      await send(pod, '--dry-run=server');
      await expect(send({ ...pod, spec: { ...pod.spec, securityContext: {} } }, '--dry-run=server')).rejects.toThrow('violates PodSecurity "restricted');
    }
  });

  it('are what Argo Rollouts\' own validation takes, each in a rollout that uses it', async () => {
    const examples = Object.entries({ ...providerExamples, ...readyMadeExamples });
    const clusterWide = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ClusterAnalysisTemplate', metadata: { name: 'error-budget' }, spec: { metrics: [{ name: 'budget', provider: { web: { url: 'https://quality.acme.example/budget' } } }] } };
    const input = examples.map(([, example]) => {
      const objects = judgedBy(example);
      return `${JSON.stringify({ rollout: objects.find(({ kind }) => kind === 'Rollout'), objects: [...objects.filter(({ kind }) => kind !== 'Rollout'), clusterWide] })}\n`;
    }).join('');
    const { stdout } = await runOk(binary(await build('rolloutcheck'), 'rolloutcheck'), [], { input });
    expect(stdout.trimEnd().split('\n').map((line, index) => `${examples[index]?.[0] ?? ''} ${line}`)).toEqual(examples.map(([name]) => `${name} []`));
  });
});
