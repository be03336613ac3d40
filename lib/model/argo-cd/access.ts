import { z } from 'zod';
import { dnsSubdomainProblem, hostnameProblem, labelKeyProblem } from '../../values/names.ts';
import { checkedText, dnsLabelSchema, hostnameSchema } from '../schema.ts';
import { fromSecretSchema, type FromSecret } from './secret-key.ts';

const annotations = z.record(checkedText(labelKeyProblem), z.string()).default({});

const gatewaySchema = z.strictObject({
  name: dnsLabelSchema.default('public'),
  namespace: dnsLabelSchema.default('gateway-system'),
  sectionName: dnsLabelSchema.default('https'),
  redirectFrom: z.union([z.literal(false), dnsLabelSchema]).default('http'),
  annotations,
});

const ingressSchema = z.strictObject({
  className: checkedText(dnsSubdomainProblem),
  tlsSecret: checkedText(dnsSubdomainProblem).optional(),
  annotations,
  grpcAnnotations: annotations,
  backendTls: z.boolean().default(false),
});

export const uiSchema = z.strictObject({
  host: hostnameSchema,
  grpcHost: checkedText((text) => hostnameProblem(text)).optional(),
  gateway: gatewaySchema.optional(),
  ingress: ingressSchema.optional(),
  from: z.array(z.strictObject({
    namespace: dnsLabelSchema.optional(),
    pods: z.record(checkedText(labelKeyProblem), z.string()).optional(),
    cidr: checkedText((text) => (z.union([z.cidrv4(), z.cidrv6()]).safeParse(text).success ? undefined : `expected a network in CIDR notation such as 10.20.0.0/16, got ${JSON.stringify(text)}`)).optional(),
  }).superRefine((peer, context) => {
    if ((peer.cidr === undefined) === (peer.namespace === undefined)) context.addIssue({ code: 'custom', path: [], message: 'expected either a namespace (and its pods) or a cidr' });
    else if (peer.cidr !== undefined && peer.pods !== undefined) context.addIssue({ code: 'custom', path: ['pods'], message: 'expected a namespace beside pods, not a cidr' });
  })).min(1).optional(),
}).superRefine((ui, context) => {
  if (ui.gateway !== undefined && ui.ingress !== undefined) context.addIssue({ code: 'custom', path: ['ingress'], message: 'expected either gateway or ingress, got both' });
  if (ui.grpcHost === ui.host) context.addIssue({ code: 'custom', path: ['grpcHost'], message: `expected a host name of its own: a listener takes one kind of route for a name, got ${ui.host} again` });
});

export const webhookKinds = ['azureDevOpsPassword', 'azureDevOpsUsername', 'bitbucket', 'bitbucketServer', 'github', 'gitlab', 'gogs'] as const;
export const webhooksSchema = z.strictObject({
  azureDevOpsPassword: fromSecretSchema.optional(),
  azureDevOpsUsername: fromSecretSchema.optional(),
  bitbucket: fromSecretSchema.optional(),
  bitbucketServer: fromSecretSchema.optional(),
  github: fromSecretSchema.optional(),
  gitlab: fromSecretSchema.optional(),
  gogs: fromSecretSchema.optional(),
}).prefault({});

export const accountsSchema = z.record(dnsLabelSchema, z.array(z.enum(['apiKey', 'login'])).min(1)).default({});

/** The way to the UI, checked. */
export type ArgoCdUi = z.output<typeof uiSchema>;

/** A Gateway that ends TLS for the UI. */
export interface ArgoCdGatewayOptions {
  /** Its name (`parentRefs[].name`). @default 'public' */
  readonly name?: string;
  /** Its namespace (`parentRefs[].namespace`). @default 'gateway-system' */
  readonly namespace?: string;
  /** Its HTTPS listener (`parentRefs[].sectionName`). @default 'https' */
  readonly sectionName?: string;
  /** Its HTTP listener, from which requests are redirected to HTTPS; `false`: no redirect. @default 'http' */
  readonly redirectFrom?: string | false;
  /** Annotations of the routes. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An Ingress for the UI. */
export interface ArgoCdIngressOptions {
  /** (`ingressClassName`) */
  readonly className: string;
  /** Secret of the certificate (`tls[].secretName`). @default - the controller's own certificate */
  readonly tlsSecret?: string;
  /** Annotations, which say among others how the controller speaks to the server. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Annotations of the Ingress of `grpcHost`, such as the one that makes the controller speak gRPC. @default {} */
  readonly grpcAnnotations?: Readonly<Record<string, string>>;
  /** Whether the server keeps TLS of its own (certificate in Secret `argocd-server-tls`), to which the controller must be told to speak. @default false */
  readonly backendTls?: boolean;
}

/** Who may reach the server's pods: the pods of a namespace, or a network. */
export interface ArgoCdPeerInput {
  /** Name of a namespace. @default - `cidr` instead */
  readonly namespace?: string;
  /** Labels of its pods. @default - all of them */
  readonly pods?: Readonly<Record<string, string>>;
  /** A network. @default - `namespace` instead */
  readonly cidr?: string;
}

/** The way to UI and API. TLS ends before the server (`server.insecure`), unless an Ingress has `backendTls`. */
export interface ArgoCdUiOptions {
  /** Host name: `https://<host>` is Argo CD's `url`. */
  readonly host: string;
  /** Another host name for the command line's gRPC. @default - none: `argocd --grpc-web` goes through `host` */
  readonly grpcHost?: string;
  /** The Gateway to which an HTTPRoute is attached. @default - without `ingress` the Gateway `public` in `gateway-system` */
  readonly gateway?: ArgoCdGatewayOptions;
  /** An Ingress instead of a Gateway. @default - none */
  readonly ingress?: ArgoCdIngressOptions;
  /** Who may reach the server's pods; its metrics stay open within the cluster (NetworkPolicy). @default - anybody, as upstream has it */
  readonly from?: readonly ArgoCdPeerInput[];
}

/** Secrets of webhooks, by reference: the key in `argocd-secret` refers to another Secret. */
export interface ArgoCdWebhooksOptions {
  /** (`webhook.azuredevops.password`) @default - none */
  readonly azureDevOpsPassword?: FromSecret;
  /** (`webhook.azuredevops.username`) @default - none */
  readonly azureDevOpsUsername?: FromSecret;
  /** (`webhook.bitbucket.uuid`) @default - none */
  readonly bitbucket?: FromSecret;
  /** (`webhook.bitbucketserver.secret`) @default - none */
  readonly bitbucketServer?: FromSecret;
  /** (`webhook.github.secret`) @default - none */
  readonly github?: FromSecret;
  /** (`webhook.gitlab.secret`) @default - none */
  readonly gitlab?: FromSecret;
  /** (`webhook.gogs.secret`) @default - none */
  readonly gogs?: FromSecret;
}
