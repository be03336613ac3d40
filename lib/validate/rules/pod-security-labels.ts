import type { ObjectRule } from '../rule.ts';

const prefix = 'pod-security.kubernetes.io/';
const levels = ['baseline', 'privileged', 'restricted'];

/** The Pod Security labels of a namespace say something. */
export const podSecurityLabels: ObjectRule = {
  id: 'pod-security-labels',
  scope: 'object',
  severity: 'error',
  kinds: ['Namespace'],
  title: 'Pod Security labels name a level and a version',
  fix: 'use privileged, baseline or restricted, and latest or v1.<minor>',
  check(object, report) {
    for (const [key, value] of object.labels) {
      if (!key.startsWith(prefix)) continue;
      const field = `metadata.labels[${JSON.stringify(key)}]`;
      const name = key.slice(prefix.length);
      if (['enforce', 'audit', 'warn'].includes(name)) {
        if (!levels.includes(value)) report(object, { field, message: `expected one of ${levels.join(', ')}, got ${JSON.stringify(value)}` });
      } else if (['enforce-version', 'audit-version', 'warn-version'].includes(name) && !/^(latest|v1\.(0|[1-9]\d*))$/.test(value)) {
        report(object, { field, message: `expected latest or a version such as v1.35, got ${JSON.stringify(value)}` });
      }
    }
  },
};
