import { wholeNumber } from '../../rollouts/whole-number.ts';
import type { ObjectRule } from '../rule.ts';
import { dig } from '../schemas/plain.ts';
import { canarySteps, rolloutKind } from '../scope/rollout.ts';

/** How many revisions a Rollout keeps where it doesn't say. */
const defaultHistory = 10;

/** A revert in a hurry shouldn't take as long as the canary did. */
export const rollbackWindow: ObjectRule = {
  id: 'rollback-window',
  scope: 'object',
  severity: 'warning',
  kinds: [rolloutKind],
  title: 'A canary with steps has a rollback window, no longer than the history that it keeps',
  fix: 'set spec.rollbackWindow.revisions, at most spec.revisionHistoryLimit (10 when not said)',
  check(object, report) {
    const said = dig(object.value, 'spec', 'rollbackWindow', 'revisions');
    const revisions = wholeNumber(said) ?? 0;
    const steps = canarySteps(object.value).length;
    if (revisions <= 0) {
      if (steps > 0) report(object, { field: 'spec.rollbackWindow', message: `expected a window, such as revisions: 5, got ${said === undefined ? 'none' : String(said)}: a revert would go through all ${steps} steps again, with the bad version serving beside it` });
      return;
    }
    const history = dig(object.value, 'spec', 'revisionHistoryLimit');
    const kept = typeof history === 'number' ? history : defaultHistory;
    if (revisions > kept) report(object, { field: 'spec.rollbackWindow.revisions', message: `expected at most revisionHistoryLimit, which is ${kept}${history === undefined ? ' when not said' : ''}, got ${revisions}: what isn't kept any more can't be rolled back to`, fix: `raise revisionHistoryLimit to ${revisions}, or shorten the window` });
  },
};
