import { z } from 'zod';
import { gitUrlProblem } from './repository.ts';
import { chartRepositoryProblem } from './external-source-text.ts';
import { checkedText, dnsLabelSchema } from './schema.ts';
import { shown } from '../values/shown.ts';

/** Names that no team can have: Argo CD's built-in project, and Slipway's own. */
export const reservedTeams = ['default', 'slipway'] as const;

/** Groups whose objects steer the controllers themselves: who may deliver them may deliver anything. */
const steering = /^(argoproj\.io\/(Application|ApplicationSet|AppProject)|[a-z.]*\.?toolkit\.fluxcd\.io\/.*)$/;

/** Cluster-scoped kinds of Kubernetes itself and of the common add-ons. */
const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace', 'Node', 'PersistentVolume', 'admissionregistration.k8s.io/MutatingAdmissionPolicy', 'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration', 'admissionregistration.k8s.io/ValidatingAdmissionPolicy', 'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration', 'apiextensions.k8s.io/CustomResourceDefinition', 'apiregistration.k8s.io/APIService',
  'argoproj.io/ClusterAnalysisTemplate', 'cert-manager.io/ClusterIssuer', 'certificates.k8s.io/CertificateSigningRequest', 'certificates.k8s.io/ClusterTrustBundle',
  'external-secrets.io/ClusterExternalSecret', 'external-secrets.io/ClusterSecretStore', 'flowcontrol.apiserver.k8s.io/FlowSchema', 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  'gateway.networking.k8s.io/GatewayClass', 'networking.k8s.io/IPAddress', 'networking.k8s.io/IngressClass', 'networking.k8s.io/ServiceCIDR', 'node.k8s.io/RuntimeClass',
  'rbac.authorization.k8s.io/ClusterRole', 'rbac.authorization.k8s.io/ClusterRoleBinding', 'resource.k8s.io/DeviceClass', 'scheduling.k8s.io/PriorityClass',
  'storage.k8s.io/CSIDriver', 'storage.k8s.io/CSINode', 'storage.k8s.io/StorageClass', 'storage.k8s.io/VolumeAttachment',
]);

/** Whether a kind is known to have no namespaces. */
export function isClusterKind(name: string): boolean {
  return clusterScoped.has(name);
}

/** `Secret` or `<group>/<Kind>`. */
function kindNameProblem(text: string): string | undefined {
  if (!/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Z][A-Za-z0-9]*$/.test(text)) return `expected a kind as <group>/<Kind>, such as rbac.authorization.k8s.io/Role, or <Kind> of the core group, no "*", got ${shown(text)}`;
  return steering.test(text) ? `expected a kind that steers no controller, got ${text}: who may deliver it may deliver anything; tracking objects are rendered, never delivered by a team` : undefined;
}

export const kindNameSchema = checkedText((text) => kindNameProblem(text) ?? (isClusterKind(text) ? `expected a kind that has namespaces, got ${text}; an app team delivers none other: it belongs to the platform` : undefined));

export const teamSchema = z.strictObject({
  groups: z.array(checkedText((text) => (/^[^"\n\r\t]*\S[^"\n\r\t]*$/.test(text) ? undefined : `expected the name of a group, without quotes, tabs and line breaks, got ${shown(text)}`))).default([]),
  kinds: z.array(kindNameSchema).default([]),
  clusterKinds: z.array(checkedText(kindNameProblem)).default([]),
  sourceRepos: z.array(checkedText((text) => gitUrlProblem(text) === undefined || chartRepositoryProblem(text) === undefined ? undefined : `${gitUrlProblem(text) ?? ''} or the URL of a chart repository`)).default([]),
});

export const teamsSchema = z.record(dnsLabelSchema, teamSchema).default({});

/** What a team may beyond what every team may, checked and with its defaults. */
export type Team = z.output<typeof teamSchema>;

/** What a team may beyond what every team may. */
export interface TeamInput {
  /** Groups of the single sign-on whose members see and sync the team's apps in Argo CD. @default - none */
  readonly groups?: readonly string[];
  /** Namespaced kinds beyond those that Slipway's constructs make, as `<group>/<Kind>` or `<Kind>`. @default - none */
  readonly kinds?: readonly string[];
  /** Cluster-scoped kinds, for a team that has external apps only, such as one that runs operators. An app team can't have any. @default - none */
  readonly clusterKinds?: readonly string[];
  /** Repositories beyond the runtime repo and the sources of its external apps, such as those of an ApplicationSet. @default - none */
  readonly sourceRepos?: readonly string[];
}

/** A team that is named nowhere has no extras. */
export const plainTeam: Team = { groups: [], kinds: [], clusterKinds: [], sourceRepos: [] };
