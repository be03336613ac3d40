import { didYouMean } from '../../values/suggest.ts';
import type { UnitRule } from '../rule.ts';
import { dig, isRecord, list, record, text } from '../schemas/plain.ts';

const scaled: ReadonlySet<string> = new Set(['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'argoproj.io/Rollout', 'ReplicationController']);

/** An autoscaler has something to scale, and can measure it. */
export const scalerTarget: UnitRule = {
  id: 'scaler-target',
  scope: 'unit',
  severity: 'error',
  title: 'A HorizontalPodAutoscaler names a workload that is rendered, and the requests that it measures against are set',
  fix: 'name a Deployment, StatefulSet or Rollout of the namespace, and give its containers requests',
  check(landing, report) {
    for (const scaler of landing.ofKind('autoscaling/HorizontalPodAutoscaler')) {
      const target = dig(scaler.value, 'spec', 'scaleTargetRef');
      const apiVersion = text(target, 'apiVersion') ?? '';
      const kind = apiVersion.includes('/') ? `${apiVersion.split('/')[0]}/${text(target, 'kind')}` : (text(target, 'kind') ?? '');
      const name = text(target, 'name') ?? '';
      // A custom resource of another project can have a scale of its own.
      if (!scaled.has(kind) && kind.includes('/') && !/^(apps|batch|argoproj\.io)\//.test(kind)) continue;
      const found = scaled.has(kind) ? landing.find(kind, scaler.namespace, name) : undefined;
      if (found === undefined) {
        const known = landing.objects.filter((object) => scaled.has(object.kind) && object.namespace === scaler.namespace).map((object) => `${object.value.kind} ${object.name}`);
        report(scaler, { field: 'spec.scaleTargetRef', message: `nobody renders ${apiVersion} ${text(target, 'kind') ?? ''} ${name}.${didYouMean(`${text(target, 'kind') ?? ''} ${name}`, known)}` });
        continue;
      }
      if (text(found.value, 'apiVersion') !== apiVersion) report(scaler, { field: 'spec.scaleTargetRef.apiVersion', message: `expected ${String(found.value.apiVersion)}, got ${JSON.stringify(apiVersion)}` });
      for (const [index, metric] of list(dig(scaler.value, 'spec'), 'metrics').entries()) {
        const resource = record(metric, 'resource');
        if (!isRecord(resource) || dig(resource, 'target', 'type') !== 'Utilization') continue;
        const measured = text(resource, 'name') ?? '';
        const without = found.workload?.containers.filter(({ role, value }) => role !== 'init' && dig(value, 'resources', 'requests', measured) === undefined && dig(value, 'resources', 'limits', measured) === undefined) ?? [];
        if (without.length > 0) report(scaler, { field: `spec.metrics[${index}].resource`, message: `utilization is measured against requests, and ${without.map((container) => container.name).join(', ')} of ${found.value.kind} ${name} requests no ${measured}` });
      }
    }
  },
};
