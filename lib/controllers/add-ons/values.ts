import { compareText } from '../../values/errors.ts';
import { at, isFields, listAt, type Fields } from '../../values/fields.ts';

/** A chart's values with others merged in as Helm does: maps key by key, everything else replaced. */
export function withValues(base: Fields, over: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isFields(below) && isFields(value) ? withValues(below, value) : value;
  }
  return merged;
}

/** API groups of custom resources that a chart makes or watches when its values say so; sorted. */
export function neededGroups(values: Fields): string[] {
  const groups = new Set<string>();
  if (makesMonitors(values)) groups.add('monitoring.coreos.com');
  const watchesRoutes = listAt(values, 'sources').some((source) => typeof source === 'string' && source.startsWith('gateway-'));
  if (watchesRoutes || at(values, 'config', 'enableGatewayAPI') === true) groups.add('gateway.networking.k8s.io');
  return [...groups].sort(compareText);
}

/** Whether any part of the values turns on a monitor or alert rules of the Prometheus operator. */
function makesMonitors(values: unknown): boolean {
  if (Array.isArray(values)) return values.some(makesMonitors);
  if (!isFields(values)) return false;
  return Object.entries(values).some(([key, value]) => (/^(serviceMonitor|podMonitor|prometheusRule)s?$/i.test(key) && at(value, 'enabled') === true) || makesMonitors(value));
}
