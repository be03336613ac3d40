import { didYouMean } from '../../values/suggest.ts';

/** Something wrong, at a path from the options of `rbac`. */
interface RbacProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

interface RbacPermission {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly objects?: readonly string[] | undefined;
}

interface ArgoCdRbac {
  readonly defaultRole?: string | undefined;
  readonly roles: Readonly<Record<string, {
    readonly subjects: readonly string[];
    readonly inherits: readonly string[];
    readonly allow: readonly RbacPermission[];
    readonly deny: readonly RbacPermission[];
  }>>;
}

const builtIn = ['admin', 'readonly'];
/** Resources whose objects are `<project>/<name>`. */
const inProjects: readonly string[] = ['applications', 'applicationsets', 'exec', 'logs'];
/** Actions of applications that say more after a slash: of which kind, which object, which action. */
const withPath = ['action', 'delete', 'update'];

/** What is wrong with roles that are well-formed each: unknown actions and roles, contradictions, cycles. */
export function rbacProblems(rbac: ArgoCdRbac, actionsOf: Readonly<Record<string, readonly string[]>>): RbacProblem[] {
  const problems: RbacProblem[] = [];
  const names = [...builtIn, ...Object.keys(rbac.roles)];
  if (rbac.defaultRole !== undefined && !names.includes(rbac.defaultRole)) {
    problems.push({ path: ['defaultRole'], message: `expected a role, got ${JSON.stringify(rbac.defaultRole)}.${didYouMean(rbac.defaultRole, names)}` });
  }
  for (const [name, role] of Object.entries(rbac.roles)) {
    const at = ['roles', name];
    if (builtIn.includes(name)) {
      for (const field of ['inherits', 'allow', 'deny'] as const) {
        if (role[field].length > 0) problems.push({ path: [...at, field], message: `expected nothing: ${name} is Argo CD's own role, which takes subjects only` });
      }
    } else if (role.allow.length + role.deny.length + role.inherits.length === 0) {
      problems.push({ path: at, message: 'expected permissions in allow or deny, or a role in inherits, got a role that may do nothing' });
    }
    role.subjects.forEach((subject, index) => {
      if (role.subjects.indexOf(subject) !== index) problems.push({ path: [...at, 'subjects', index], message: `${JSON.stringify(subject)} is listed twice` });
      if (subject.startsWith('role:')) problems.push({ path: [...at, 'subjects', index], message: `expected a group, an e-mail address or an account, got ${JSON.stringify(subject)}: roles stand in inherits` });
    });
    role.inherits.forEach((other, index) => {
      if (!names.includes(other)) problems.push({ path: [...at, 'inherits', index], message: `expected a role, got ${JSON.stringify(other)}.${didYouMean(other, names.filter((each) => each !== name))}` });
      else if (reaches(rbac, other, name)) problems.push({ path: [...at, 'inherits', index], message: `expected roles without a cycle, got ${other}, which has the permissions of ${name} itself` });
    });
    problems.push(...permissionProblems(role.allow, [...at, 'allow'], actionsOf), ...permissionProblems(role.deny, [...at, 'deny'], actionsOf));
    problems.push(...contradictions(role.allow, role.deny, [...at, 'deny']));
  }
  return problems;
}

function reaches(rbac: ArgoCdRbac, from: string, to: string, seen: Set<string> = new Set()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (rbac.roles[from]?.inherits ?? []).some((next) => reaches(rbac, next, to, seen));
}

function permissionProblems(permissions: readonly RbacPermission[], at: readonly PropertyKey[], actionsOf: Readonly<Record<string, readonly string[]>>): RbacProblem[] {
  return permissions.flatMap((permission, index) => {
    const known = actionsOf[permission.resource] ?? [];
    const actions = permission.actions.flatMap((action, each): RbacProblem[] => {
      const [verb = '', ...rest] = action.split('/');
      if (action === '*' || (known.includes(verb) && (rest.length === 0 || (permission.resource === 'applications' && withPath.includes(verb))))) return [];
      const message = known.includes(verb) ? `expected ${verb} without more: only ${withPath.join(', ')} of applications name an object after a slash, got ${JSON.stringify(action)}` : `expected an action on ${permission.resource} or "*", got ${JSON.stringify(action)}.${didYouMean(verb, known)}`;
      return [{ path: [...at, index, 'actions', each], message }];
    });
    const objects = (permission.objects ?? []).flatMap((object, each): RbacProblem[] =>
      inProjects.includes(permission.resource) && !/^[^/]+\/.+$/.test(object) ? [{ path: [...at, index, 'objects', each], message: `expected <project>/<application>, got ${JSON.stringify(object)}` }] : []);
    return [...actions, ...objects];
  });
}

/** The same permission allowed and denied, or said twice, in one role. */
function contradictions(allow: readonly RbacPermission[], deny: readonly RbacPermission[], at: readonly PropertyKey[]): RbacProblem[] {
  const keys = (permission: RbacPermission): string[] => permission.actions.flatMap((action) => objectsOf(permission).map((object) => `${action} ${permission.resource} ${object}`));
  const allowed = new Set(allow.flatMap(keys));
  return deny.flatMap((permission, index) => keys(permission).filter((key) => allowed.has(key)).map((key) => ({
    path: [...at, index],
    message: `the role allows and denies the same: ${key}; a denial wins, so take out one of them`,
  })));
}

/** The objects that a permission is about, each a glob. */
export function objectsOf(permission: Pick<RbacPermission, 'resource' | 'objects'>): readonly string[] {
  return permission.objects ?? [inProjects.includes(permission.resource) ? '*/*' : '*'];
}
