import { dig, list, text } from '../schemas/plain.ts';
import type { LandedObject, Landing } from '../scope/landing.ts';
import { podsOf } from '../scope/rollout.ts';
import { labelsOf, plainSelects, selects } from '../scope/selector.ts';
import { promDuration } from './query-window.ts';

/** Milliseconds between two scrapes of a Rollout's pods: the shortest interval that a monitor of its render says; undefined when none says it. */
export function scrapeInterval(rollout: LandedObject, landing: Landing): number | undefined {
  const pods = podsOf(rollout, landing);
  if (pods === undefined) return undefined;
  const services = landing.ofKind('Service').filter(({ value, namespace }) => namespace === rollout.namespace && plainSelects(dig(value, 'spec', 'selector'), pods.labels));
  const podMonitors = landing.ofKind('monitoring.coreos.com/PodMonitor').filter(({ value, namespace }) => namespace === rollout.namespace && selects(dig(value, 'spec', 'selector'), pods.labels));
  const serviceMonitors = landing.ofKind('monitoring.coreos.com/ServiceMonitor')
    .filter(({ value, namespace }) => namespace === rollout.namespace && services.some((service) => selects(dig(value, 'spec', 'selector'), labelsOf(service.value.metadata))));
  const endpoints = [...podMonitors.flatMap(({ value }) => list(dig(value, 'spec'), 'podMetricsEndpoints')), ...serviceMonitors.flatMap(({ value }) => list(dig(value, 'spec'), 'endpoints'))];
  const intervals = endpoints.flatMap((endpoint) => promDuration(text(endpoint, 'interval') ?? '') ?? []);
  return intervals.length === 0 ? undefined : Math.min(...intervals);
}
