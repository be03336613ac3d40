import type { UnitRule } from '../rule.ts';
import type { LandedObject } from '../scope/landing.ts';
import { dig, text } from '../schemas/plain.ts';

const wave = 'argocd.argoproj.io/sync-wave';

/** Nothing waits for a Rollout: a paused canary would keep the sync running, and a revert would wait with it. */
export const afterRollout: UnitRule = {
  id: 'after-rollout',
  scope: 'unit',
  severity: 'error',
  title: 'Nothing is ordered after a Rollout',
  fix: 'put it in the wave of the Rollout or an earlier one, and use neither PruneLast nor a PostSync hook',
  check(landing, report) {
    const rollouts = landing.ofKind('argoproj.io/Rollout');
    if (rollouts.length === 0) return;
    const earliest = Math.min(...rollouts.map(waveOf));
    for (const object of landing.objects) {
      const annotations = dig(object.value, 'metadata', 'annotations');
      const at = waveOf(object);
      if (at > earliest) report(object, { field: `metadata.annotations[${JSON.stringify(wave)}]`, message: `expected a wave of at most ${earliest}, that of the Rollout, got ${at}: a paused canary would keep the sync running` });
      const hook = text(annotations, 'argocd.argoproj.io/hook') ?? text(annotations, 'helm.sh/hook') ?? '';
      if (/PostSync|post-install|post-upgrade/.test(hook)) report(object, { field: 'metadata.annotations["argocd.argoproj.io/hook"]', message: `expected no hook after a Rollout, got ${hook}` });
      const options = text(annotations, 'argocd.argoproj.io/sync-options') ?? '';
      if (/\bPruneLast=true\b/.test(options)) report(object, { field: 'metadata.annotations["argocd.argoproj.io/sync-options"]', message: 'expected no PruneLast beside a Rollout, got PruneLast=true: a paused canary would keep the sync running' });
    }
  },
};

function waveOf(object: LandedObject): number {
  const stated = Number(text(dig(object.value, 'metadata', 'annotations'), wave) ?? 0);
  return Number.isFinite(stated) ? stated : 0;
}
