import type { Construct } from 'constructs';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { z } from 'zod';
import { describeValue } from '../../model/schema.ts';
import type { Problem } from '../../values/errors.ts';
import { dnsLabelProblem } from '../../values/names.ts';
import { AppChart } from '../app-chart.ts';
import { isPlainObject } from '../check-props.ts';
import { Manifest } from '../manifest.ts';
import { networkPolicyFor } from '../network/network-policy.ts';
import type { NetworkPolicyOptions } from '../network/network-policy-options.ts';
import { networkPolicySchema } from '../network/network-policy-schema.ts';
import { checkPod } from '../python-app/check-pod.ts';
import { labelsSchema } from '../python-app/field-schemas.ts';
import { defaultName, identityOf } from '../python-app/identity.ts';
import { buildPod, type PodBuild } from '../python-app/pod.ts';
import type { PodProps } from '../python-app/pod-props.ts';
import { podShape } from '../python-app/pod-schema.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import { withShared, type SameAs } from './same-as.ts';

/** What every pod that runs to its end can be told. */
export interface JobPodProps extends SameAs, Omit<PodProps, 'args' | 'command' | 'health' | 'image' | 'port' | 'ports' | 'probes' | 'server'> {
  /** What runs, as a list and never as a shell line (`containers[].command`). */
  readonly command: readonly string[];
  /** Name of its objects. @default - `<app>-<id>` */
  readonly name?: string;
  /** Labels of all its objects beside the standard ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** What the network policy lets through beside DNS and `calls`; `false` for no policy. @default - what `sameAs` may reach */
  readonly networkPolicy?: NetworkPolicyOptions | false;
}

/** A pod that runs to its end, with what it reads and the policy that lets it out. */
export interface JobPod {
  readonly identity: WorkloadIdentity;
  readonly pod: PodBuild;
  /** @default - none was wanted */
  readonly policy?: Manifest<INetworkPolicy>;
}

const { server: _server, port: _port, ports: _ports, health: _health, probes: _probes, ...podFields } = podShape;

/** Fields of every pod that runs to its end. */
export const jobPodFields = {
  ...podFields,
  command: z.array(z.string()).min(1, 'expected a program and its arguments, got an empty list'),
  name: z.string().optional(),
  labels: labelsSchema.optional(),
  networkPolicy: z.union([z.literal(false), networkPolicySchema]).optional(),
};

/** Checks the props of a construct whose pods run to their end, and builds them; undefined when something was wrong, which is then noted. */
export function jobPod(scope: Construct, id: string, schema: z.ZodType, props: JobPodProps, longestName: number): JobPod | undefined {
  const chart = AppChart.of(scope);
  if (!isPlainObject(props)) {
    chart.report(scope, `expected props, got ${describeValue(props)}`);
    return undefined;
  }
  // Tracing is for what serves; a task that wants it says so in its command.
  const { tracing: _, ...shared } = withShared(props);
  const options = { id, restartPolicy: 'Never' as const };
  const plan = checkPod(scope, schema, shared, () => options, () => nameProblems(shared.name ?? defaultName(chart.context.app, id), longestName, scope.node.path));
  if (plan === undefined) return undefined;
  const identity = identityOf(chart.context, id, shared);
  const pod = buildPod(scope, identity, shared, plan, options);
  if (shared.networkPolicy === false) return { identity, pod };
  const value = networkPolicyFor(identity, shared.networkPolicy ?? {}, { environment: chart.context.environment.name, calls: pod.calls.map((call) => call.target) });
  return { identity, pod, policy: new Manifest<INetworkPolicy>(scope, 'network-policy', value, { withoutNamespace: true }) };
}

function nameProblems(name: unknown, longest: number, where: string): Problem[] {
  const message = typeof name !== 'string' ? undefined : dnsLabelProblem(name) ?? (name.length > longest ? `expected at most ${longest} characters, so that what Kubernetes adds has room, got ${JSON.stringify(name)} (${name.length})` : undefined);
  return message === undefined ? [] : [{ where: `${where}: name`, message, fix: 'give it a shorter name' }];
}
