import { z } from 'zod';
import { checkedText, dnsLabelSchema, hostnameSchema } from './schema.ts';

/** What can be told. */
export const alertEvents = ['deployed', 'drift', 'health-degraded', 'rollout-aborted', 'sync-failed'] as const;
/** What can be told: docs/alerts.md says when each controller does. */
export type AlertEvent = (typeof alertEvents)[number];

const troubles = ['drift', 'health-degraded', 'rollout-aborted', 'sync-failed'] as const;

/** The names become parts of names of objects and services, with a double dash between. */
const nameSchema = dnsLabelSchema.refine((name) => !name.includes('--'), { error: 'expected a name without a double dash' });
const eventsSchema = z.array(z.enum(alertEvents)).min(1);
const emailSchema = checkedText((text) => (/^[^\s@:;,]+@[^\s@:;,]+$/.test(text) ? undefined : `expected an e-mail address, got ${JSON.stringify(text)}`));
const channelSchema = checkedText((text) => (/^[#@]?[\w.-]+$/.test(text) ? undefined : `expected the name or id of a channel, such as ops, got ${JSON.stringify(text)}`));
const urlSchema = z.url({ protocol: /^https$/, error: 'expected an https URL' });

const common = { name: nameSchema, secret: dnsLabelSchema, events: eventsSchema };

export const alertSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slack'), ...common, channel: channelSchema }),
  z.strictObject({ kind: z.literal('webhook'), ...common }),
  z.strictObject({ kind: z.literal('ms-teams'), ...common }),
  z.strictObject({ kind: z.literal('email'), ...common, secret: dnsLabelSchema.optional(), host: hostnameSchema, port: z.int().min(1).max(65535), from: emailSchema, to: z.array(emailSchema).min(1) }),
  z.strictObject({
    kind: z.literal('github-commit-status'),
    ...common,
    api: urlSchema.optional(),
  }),
]);

/** Who is told, of what. Two of a list can't have the same name. */
export const alertsSchema = z.array(alertSchema).superRefine((alerts, context) => {
  for (const [index, alert] of alerts.entries()) {
    const first = alerts.findIndex((each) => each.name === alert.name);
    if (first < index) context.addIssue({ code: 'custom', path: [index, 'name'], message: `alert ${JSON.stringify(alert.name)} is listed twice; give one of them another name` });
  }
}).default([]);

/** An alert, checked and with its defaults. */
export type Alert = z.output<typeof alertSchema>;
/** What `alerts` takes: what `slack()`, `webhook()`, `msTeams()`, `email()` and `githubCommitStatus()` give. */
export type AlertInput = z.input<typeof alertSchema>;

/** What every alert has. */
export interface AlertOptions {
  /**
   * Name of the Secret with the credential. Under Flux it lies in `flux-system`; under Argo CD its values are keys of
   * `argocd-notifications-secret`, with this name in front: docs/alerts.md lists them.
   */
  readonly secret: string;
  /** Tells alerts of one list apart. @default - the kind, such as `slack` */
  readonly name?: string;
  /** What is told. @default - drift, health-degraded, rollout-aborted, sync-failed */
  readonly events?: readonly AlertEvent[];
}

/** What `slack()` takes. */
export interface SlackOptions extends AlertOptions {
  /** The channel; the Slack app must be its member. */
  readonly channel: string;
}

/** What `email()` takes. */
export interface EmailOptions extends Omit<AlertOptions, 'secret'> {
  /** The SMTP server. */
  readonly host: string;
  /** Its port. @default 587 */
  readonly port?: number;
  /** Address of the sender. */
  readonly from: string;
  /** Addresses of those who are told. */
  readonly to: readonly string[];
  /** Prefix of the keys of `argocd-notifications-secret` that hold user name and password. @default - the server takes mail from everybody */
  readonly secret?: string;
}

/** What `githubCommitStatus()` takes. */
export interface GithubCommitStatusOptions extends AlertOptions {
  /** URL of the API of a GitHub Enterprise server, such as `https://git.acme.example/api/v3`. @default 'https://api.github.com' */
  readonly api?: string;
  /** What is told. @default - all events but drift */
  readonly events?: readonly AlertEvent[];
}

/** Tells a Slack channel, by the token of a Slack app. */
export function slack(options: SlackOptions): AlertInput {
  return { kind: 'slack', ...named('slack', options), channel: options.channel };
}

/** Posts JSON to an address that the secret holds. */
export function webhook(options: AlertOptions): AlertInput {
  return { kind: 'webhook', ...named('webhook', options) };
}

/** Tells a Microsoft Teams channel, by the address of an incoming webhook workflow that the secret holds. */
export function msTeams(options: AlertOptions): AlertInput {
  return { kind: 'ms-teams', ...named('ms-teams', options) };
}

/** Sends e-mail. Argo CD only: Flux can't. */
export function email(options: EmailOptions): AlertInput {
  const { port = 587, to, ...rest } = options;
  return { kind: 'email', ...rest, name: options.name ?? 'email', events: [...options.events ?? troubles], port, to: [...to] };
}

/** Sets the status of the runtime repo's commit on GitHub, by a token that may do so: what a promotion reads. */
export function githubCommitStatus(options: GithubCommitStatusOptions): AlertInput {
  const { api } = options;
  return {
    kind: 'github-commit-status',
    ...named('github-commit-status', { ...options, events: options.events ?? alertEvents.filter((event) => event !== 'drift') }),
    ...(api !== undefined && { api }),
  };
}

function named(kind: string, { name = kind, secret, events = troubles }: AlertOptions): { name: string; secret: string; events: AlertEvent[] } {
  return { name, secret, events: [...events] };
}
