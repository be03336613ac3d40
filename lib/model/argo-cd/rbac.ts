import { z } from 'zod';
import { checkedText } from '../schema.ts';
import { rbacProblems } from './rbac-problems.ts';

/** Actions on each resource of Argo CD. */
export const rbacActions = {
  accounts: ['create', 'get', 'update'],
  applications: ['action', 'create', 'delete', 'get', 'override', 'sync', 'update'],
  applicationsets: ['create', 'delete', 'get', 'update'],
  certificates: ['create', 'delete', 'get'],
  clusters: ['create', 'delete', 'get', 'update'],
  exec: ['create'],
  extensions: ['invoke'],
  gpgkeys: ['create', 'delete', 'get'],
  logs: ['get'],
  projects: ['create', 'delete', 'get', 'update'],
  repositories: ['create', 'delete', 'get', 'update'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A resource of Argo CD that permissions are about. */
export type RbacResource = keyof typeof rbacActions;

/** Policies are lines of comma-separated values. */
const field = checkedText((text) => (/^[^,"#\r\n]+$/.test(text) && text.trim() === text ? undefined : `expected a text without commas, quotes, "#" and spaces at its ends, got ${JSON.stringify(text)}`));

const permissionSchema = z.strictObject({
  resource: z.enum(Object.keys(rbacActions) as [RbacResource, ...RbacResource[]]),
  actions: z.array(field).min(1),
  objects: z.array(field).min(1).optional(),
});

const roleSchema = z.strictObject({
  subjects: z.array(field).default([]),
  inherits: z.array(field).default([]),
  allow: z.array(permissionSchema).default([]),
  deny: z.array(permissionSchema).default([]),
});

export const rbacSchema = z.strictObject({
  defaultRole: field.optional(),
  claims: z.array(field).min(1).default(['groups']),
  roles: z.record(checkedText((text) => (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text) ? undefined : `expected the name of a role (lower-case letters, digits and "-", without "role:"), got ${JSON.stringify(text)}`)), roleSchema).default({}),
}).superRefine((rbac, context) => {
  for (const { path, message } of rbacProblems(rbac, rbacActions)) context.addIssue({ code: 'custom', path: [...path], message });
});

/** Who may do what, checked and with its defaults. */
export type ArgoCdRbac = z.output<typeof rbacSchema>;
/** What a role may do, checked. */
export type RbacPermission = z.output<typeof permissionSchema>;

/** Something that may, or may not, be done. */
export interface RbacPermissionInput {
  /** What it is about. */
  readonly resource: RbacResource;
  /** Actions, such as `get`, `sync`, `action/argoproj.io/Rollout/*`, or `*`. */
  readonly actions: readonly string[];
  /** What exactly, by glob: `<project>/<application>` of applications, applicationsets, logs and exec; else names. @default - all */
  readonly objects?: readonly string[];
}

/** A role: who has it and what it may do. */
export interface RbacRoleInput {
  /** Groups, e-mail addresses or local accounts that have it. @default [] */
  readonly subjects?: readonly string[];
  /** Roles whose permissions it has too: own ones, `readonly`, `admin`. @default [] */
  readonly inherits?: readonly string[];
  /** @default [] */
  readonly allow?: readonly RbacPermissionInput[];
  /** What stays forbidden whatever else allows it. @default [] */
  readonly deny?: readonly RbacPermissionInput[];
}

/** Who may do what in UI and API; what controllers may do is bounded by projects. */
export interface ArgoCdRbacOptions {
  /** Role of everybody who is signed in: an own one, `readonly` or `admin` (`policy.default`). @default - none: who has no role sees nothing */
  readonly defaultRole?: string;
  /** Claims of the token that name subjects (`scopes`). @default ['groups'] */
  readonly claims?: readonly string[];
  /** Roles by name. `admin` and `readonly` are Argo CD's own: they take subjects only. @default {} */
  readonly roles?: Readonly<Record<string, RbacRoleInput>>;
}
