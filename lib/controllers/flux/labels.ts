import { labelsOf } from '../tracking-labels.ts';
import type { Tracked } from '../tracked.ts';

/** The labels of a `pre/` Kustomization: `pre` is its role, and while it holds nothing it belongs to nothing that people ask for. */
export function preLabels(tracked: Tracked, empty: boolean): Record<string, string> {
  const { 'slipway.dev/environment': environment, 'slipway.dev/app': app, ...labels } = labelsOf(tracked);
  return {
    ...labels,
    'slipway.dev/role': 'pre',
    ...(!empty && environment !== undefined && { 'slipway.dev/environment': environment }),
    ...(!empty && app !== undefined && { 'slipway.dev/app': app }),
  };
}
