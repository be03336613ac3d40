import type { IJobMetric } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/JobMetric';
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import { z } from 'zod';
import { dnsLabelSchema } from '../../../model/schema.ts';
import { annotationsSchema, labelsSchema } from '../../network/fields.ts';
import { networkPolicySchema } from '../../network/network-policy-schema.ts';
import { containerShape, type ShapeOf } from '../../python-app/container-schema.ts';
import { extraContainer, imageName } from '../../python-app/container.ts';
import { isSecretKey } from '../../python-app/env.ts';
import { kubeObjectSchema, oneOf } from '../../python-app/field-schemas.ts';
import { podSecurity } from '../../python-app/security.ts';
import { volumesOf } from '../../python-app/mounts.ts';
import type { AnalysisFacts } from '../facts.ts';
import type { AnalysisProvider, MetricPlace } from '../provider.ts';
import { jobFaults } from './faults.ts';
import { jobIdentity } from './identity.ts';
import type { JobRun } from './options.ts';

/** What a Job is where nothing is said. */
export const jobDefaults = { deadlineSeconds: 300, retries: 0 } as const;

/** A Job in the app's namespace. */
export const jobProvider: AnalysisProvider<JobRun> = {
  schema: z.strictObject({
    ...containerShape,
    provider: z.literal('job'),
    command: z.array(z.string()).min(1),
    image: containerShape.image.optional(),
    deadlineSeconds: z.int().min(1).max(604_800).optional(),
    retries: z.int().min(0).max(100).optional(),
    serviceAccount: dnsLabelSchema.optional(),
    labels: labelsSchema.optional(),
    annotations: annotationsSchema.optional(),
    networkPolicy: oneOf('what the policy lets through, or false', [z.literal(false), networkPolicySchema]).optional(),
    job: kubeObjectSchema.optional(),
    pod: kubeObjectSchema.optional(),
  } satisfies ShapeOf<JobRun>),
  render: (options, facts, place) => ({ job: rendered(options, facts, place) }),
  faults: jobFaults,
  secrets: ({ env = {} }) => Object.values(env).flatMap((value) => (isSecretKey(value) ? [value.secret] : [])),
};

function rendered(options: JobRun, facts: AnalysisFacts, { template, metric }: MetricPlace): IJobMetric {
  const { deadlineSeconds, retries, labels, annotations, job, pod } = options;
  const metadata = {
    labels: { ...jobIdentity(facts.identity, template).labels, ...labels },
    ...(annotations !== undefined && { annotations: { ...annotations } }),
  };
  return {
    metadata,
    spec: {
      backoffLimit: retries ?? jobDefaults.retries,
      activeDeadlineSeconds: deadlineSeconds ?? jobDefaults.deadlineSeconds,
      ...job,
      template: { metadata, spec: { ...podOf(options, facts, metric), ...pod } },
    },
  };
}

function podOf(options: JobRun, facts: AnalysisFacts, name: string): IPodSpec {
  const { provider: _provider, image: said, deadlineSeconds: _deadline, retries: _retries, serviceAccount, labels: _labels, annotations: _annotations, networkPolicy: _policy, job: _job, pod: _pod, ...container } = options;
  const image = said ?? facts.image;
  const made = extraContainer({ ...container, name, image: image === undefined ? '' : imageName(image, facts.place.bare) }, { ...facts.place, bare: false });
  const volumes = volumesOf(made.volumes);
  const pulls = facts.imagePullSecrets ?? [];
  return {
    restartPolicy: 'Never',
    ...(serviceAccount !== undefined && { serviceAccountName: serviceAccount }),
    automountServiceAccountToken: serviceAccount !== undefined,
    enableServiceLinks: false,
    ...securityOf(said === undefined ? facts.security : undefined),
    ...(pulls.length > 0 && { imagePullSecrets: pulls.map((secret) => ({ name: secret })) }),
    containers: [made.container],
    ...(volumes.length > 0 && { volumes }),
  };
}

function securityOf(security: AnalysisFacts['security']): Pick<IPodSpec, 'securityContext'> {
  const securityContext = podSecurity(security ?? {}, false);
  return securityContext === undefined ? {} : { securityContext };
}
