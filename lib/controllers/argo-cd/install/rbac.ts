import type { ArgoCdRbac, RbacPermission } from '../../../model/argo-cd/rbac.ts';
import { objectsOf } from '../../../model/argo-cd/rbac-problems.ts';
import { compareText } from '../../../values/errors.ts';

/** Data of `argocd-rbac-cm`: the policy as Argo CD reads it, each line once, roles in the order of their names. */
export function rbacData(rbac: ArgoCdRbac | undefined): Record<string, string> {
  if (rbac === undefined) return {};
  const lines = Object.entries(rbac.roles).sort(([a], [b]) => compareText(a, b)).flatMap(([name, role]) => [
    ...role.deny.flatMap((permission) => policyLines(name, permission, 'deny')),
    ...role.allow.flatMap((permission) => policyLines(name, permission, 'allow')),
    ...role.inherits.map((other) => `g, role:${name}, role:${other}`),
    ...role.subjects.map((subject) => `g, ${subject}, role:${name}`),
  ]);
  return {
    ...(lines.length > 0 && { 'policy.csv': `${[...new Set(lines)].join('\n')}\n` }),
    ...(rbac.defaultRole !== undefined && { 'policy.default': `role:${rbac.defaultRole}` }),
    scopes: `[${rbac.claims.join(', ')}]`,
  };
}

function policyLines(role: string, permission: RbacPermission, effect: 'allow' | 'deny'): string[] {
  return permission.actions.flatMap((action) => objectsOf(permission).map((object) => `p, role:${role}, ${permission.resource}, ${action}, ${object}, ${effect}`));
}
