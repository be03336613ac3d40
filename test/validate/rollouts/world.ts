import type { Finding } from '../../../lib/validate/finding.ts';
import { findingsOf, unitOf, type Loose } from '../healthy-app.ts';

/** A Rollout and what it names, as they would meet in a namespace. */
export interface World {
  readonly rollout: Loose;
  readonly objects: readonly Loose[];
}

/**
 * Rules that go beyond Argo Rollouts' own validation: it takes what they refuse, and the rollout fails on its way, proves
 * nothing or never ends.
 */
export const beyondUpstream: ReadonlySet<string> = new Set(['analysis-distinction', 'analysis-duration', 'analysis-without-pods', 'canary-weight', 'endless-experiment', 'endless-pause', 'progress-deadline', 'rollback-window', 'rollout-quota', 'route-without-pods']);

/** What no rule about Rollouts is: custom resources of projects that Slipway doesn't carry, images, Services of others. */
const elsewhere: ReadonlySet<string> = new Set(['cluster-object-in-app', 'missing-definition', 'mutable-image', 'service-selects-nothing', 'service-selects-several', 'service-target-port', 'unserved-kind', 'unused-waiver']);

/** What is found in a world. */
export function judged({ rollout, objects }: World, target: Parameters<typeof findingsOf>[1] = {}): Finding[] {
  return findingsOf(unitOf([rollout, ...objects], { app: null }), { namespace: 'shop', ...target }).filter(({ rule }) => !elsewhere.has(rule));
}

/** A world as a line of the tool `rolloutcheck`. */
export function lineOf({ rollout, objects }: World): string {
  return JSON.stringify({ rollout, objects });
}
