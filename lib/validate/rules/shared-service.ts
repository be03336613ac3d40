import type { UnitRule } from '../rule.ts';
import { dig, text } from '../schemas/plain.ts';
import { rolloutKind, rolloutServices, type RolloutService } from '../scope/rollout.ts';

/** Roles that must lead to different pods. */
const apart: readonly (readonly [RolloutService['role'], RolloutService['role']])[] = [['stable', 'canary'], ['active', 'preview'], ['ping', 'pong']];

/** Set by Argo Rollouts when it takes a Service over. */
const managedBy = 'argo-rollouts.argoproj.io/managed-by-rollouts';

const versions: Readonly<Record<RolloutService['role'], string>> = { active: 'the running version', canary: 'the new version', ping: 'one version', pong: 'the other version', preview: 'the new version', stable: 'the running version' };

/** A Service whose selector a Rollout sets leads to one version: shared, it leads to whichever was set last. */
export const sharedService: UnitRule = {
  id: 'shared-service',
  scope: 'unit',
  severity: 'error',
  title: 'Each Service of a Rollout leads to one version, and belongs to that Rollout alone',
  fix: 'give each version a Service of its own',
  check(landing, report) {
    const users = new Map<string, string>();
    for (const rollout of landing.ofKind(rolloutKind)) {
      const services = rolloutServices(rollout.value);
      for (const [one, other] of apart) {
        const [first, second] = [one, other].map((role) => services.find((service) => service.role === role));
        if (first !== undefined && first.name === second?.name) report(rollout, { field: second.field, message: `expected another Service than ${first.field.split('.').at(-1) ?? ''}, got ${JSON.stringify(second.name)} for both: ${versions[second.role]} and ${versions[first.role]} could not be told apart` });
      }
      for (const { name, field } of services) {
        const key = `${rollout.namespace}/${name}`;
        const claimed = text(dig(landing.find('Service', rollout.namespace, name)?.value, 'metadata', 'annotations'), managedBy);
        if (claimed !== undefined && claimed !== rollout.name) report(rollout, { field, message: `expected a Service of its own, got ${JSON.stringify(name)}, whose annotation ${managedBy} names ${JSON.stringify(claimed)}`, fix: 'take the annotation out: Argo Rollouts sets it itself' });
        const other = users.get(key);
        if (other !== undefined && other !== rollout.name) report(rollout, { field, message: `expected a Service of its own, got ${JSON.stringify(name)}, which the Rollout ${other} uses: each would overwrite the other's selector` });
        users.set(key, other ?? rollout.name);
      }
    }
  },
};
