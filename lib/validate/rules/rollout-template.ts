import { checkSchemas } from '../object-schema.ts';
import type { ObjectRule } from '../rule.ts';
import { dig, isRecord } from '../schemas/plain.ts';
import { rolloutKind } from '../scope/rollout.ts';
import { minorsOf } from '../target.ts';

/**
 * The pods of a Rollout are held to what the API server demands of every pod. Its own definition knows less than that: the
 * pods would be refused when the rollout is under way, or Argo Rollouts refuses the Rollout.
 */
export const rolloutTemplate: ObjectRule = {
  id: 'rollout-template',
  scope: 'object',
  severity: 'error',
  kinds: [rolloutKind],
  title: 'The pod template of a Rollout is one that the API server takes in a ReplicaSet',
  fix: 'mend the field: the API server takes the Rollout, and refuses its pods',
  check(object, report, landing) {
    const template = dig(object.value, 'spec', 'template');
    if (!isRecord(template)) return;
    const selector = dig(object.value, 'spec', 'selector') ?? { matchLabels: { app: 'any' } };
    const value = { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'any' }, spec: { selector, template } };
    const { issues } = checkSchemas({ ...object, value, kind: 'apps/ReplicaSet' }, minorsOf(landing.target, landing.clusters), undefined);
    for (const { field, message } of issues) {
      if (field.startsWith('spec.')) report(object, { field, message });
    }
    const policy = dig(template, 'spec', 'restartPolicy');
    if (policy !== undefined && policy !== 'Always') report(object, { field: 'spec.template.spec.restartPolicy', message: `expected Always, got ${JSON.stringify(policy)}` });
    if (dig(template, 'spec', 'activeDeadlineSeconds') !== undefined) report(object, { field: 'spec.template.spec.activeDeadlineSeconds', message: 'expected none, got a deadline: pods of a ReplicaSet stay' });
  },
};
