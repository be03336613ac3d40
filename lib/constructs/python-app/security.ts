import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';

/** The user and group of an app's processes: no account of the image or the node. */
export const defaultUser = 10001;

/** What decides a pod's security context. */
export interface PodSecurityOptions {
  /** @default 10001 */
  readonly user?: number;
  /** @default 10001 */
  readonly group?: number;
  /** @default {} */
  readonly podSecurityContext?: IPodSecurityContext;
}

/** Security context of a pod: the restricted Pod Security Standard, with what the app says merged over it. */
export function podSecurity(options: PodSecurityOptions, bare: boolean): IPodSecurityContext | undefined {
  const { user, group, podSecurityContext } = options;
  if (bare) {
    const said = { ...(user !== undefined && { runAsUser: user }), ...(group !== undefined && { runAsGroup: group, fsGroup: group }), ...podSecurityContext };
    return Object.keys(said).length > 0 ? said : undefined;
  }
  return {
    runAsNonRoot: true,
    runAsUser: user ?? defaultUser,
    runAsGroup: group ?? defaultUser,
    fsGroup: group ?? defaultUser,
    // A large volume isn't walked at every start.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
    ...podSecurityContext,
  };
}

/** Security context of a container: the restricted Pod Security Standard and a read-only root file system, with what the app says merged over it. */
export function containerSecurity(said: ISecurityContext | undefined, bare: boolean): ISecurityContext | undefined {
  if (bare) return said;
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true, ...said };
}
