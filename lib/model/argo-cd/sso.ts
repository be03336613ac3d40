import { z } from 'zod';
import { findSecretLiteral } from '../../values/secret-literal.ts';
import { checkedText, describeValue } from '../schema.ts';
import { fromSecretSchema, isFromSecret, type FromSecret } from './secret-key.ts';
import { didYouMean } from '../../values/suggest.ts';

const httpsUrl = z.url({ protocol: /^https$/, error: 'expected a URL that starts with https://' });
const word = checkedText((text) => (/^[^\s,"]+$/.test(text) ? undefined : `expected one word, got ${JSON.stringify(text)}`));

const oidcSchema = z.strictObject({
  name: z.string().min(1).default('SSO'),
  issuer: httpsUrl,
  clientId: z.string().min(1),
  clientSecret: fromSecretSchema.optional(),
  cliClientId: z.string().min(1).optional(),
  scopes: z.array(word).min(1).default(['openid', 'profile', 'email', 'groups']),
  essentialClaims: z.array(word).default([]),
  userInfoGroups: z.string().startsWith('/').optional(),
  logoutUrl: httpsUrl.optional(),
  rootCa: checkedText((text) => (text.includes('-----BEGIN CERTIFICATE-----') ? undefined : 'expected certificates in PEM')).optional(),
  pkce: z.boolean().default(false),
}).superRefine((oidc, context) => {
  if (!oidc.scopes.includes('openid')) context.addIssue({ code: 'custom', path: ['scopes'], message: 'expected "openid" among the scopes, without which it is no OIDC sign-in' });
  if (oidc.clientSecret === undefined && !oidc.pkce) context.addIssue({ code: 'custom', path: ['clientSecret'], message: 'expected a reference such as { fromSecret: { name: \'argocd-sso\', key: \'clientSecret\' } }, or pkce: true for a public client, got nothing' });
});

/** What each connector of Dex must be told. */
const connectorFields: Readonly<Record<string, readonly string[]>> = {
  'atlassian-crowd': ['baseURL', 'clientID', 'clientSecret'],
  'bitbucket-cloud': ['clientID', 'clientSecret'],
  gitea: ['baseURL', 'clientID', 'clientSecret'],
  github: ['clientID', 'clientSecret'],
  gitlab: ['clientID', 'clientSecret'],
  google: ['clientID', 'clientSecret'],
  keystone: ['keystoneHost'],
  ldap: ['host', 'userSearch'],
  linkedin: ['clientID', 'clientSecret'],
  microsoft: ['clientID', 'clientSecret'],
  oauth: ['clientID', 'clientSecret', 'tokenURL', 'authorizationURL'],
  oidc: ['issuer', 'clientID', 'clientSecret'],
  openshift: ['issuer', 'clientID', 'clientSecret'],
  saml: ['ssoURL'],
};
const secretFields = ['bindPW', 'clientSecret', 'keystonePassword', 'password'];

const connectorSchema = z.strictObject({
  type: checkedText((text) => (Object.hasOwn(connectorFields, text) ? undefined : `expected a connector of Dex, got ${JSON.stringify(text)}.${didYouMean(text, Object.keys(connectorFields))}`)),
  id: word,
  name: z.string().min(1),
  config: z.record(z.string(), z.unknown()).default({}),
}).superRefine((connector, context) => {
  for (const field of connectorFields[connector.type] ?? []) {
    if (connector.config[field] === undefined) context.addIssue({ code: 'custom', path: ['config', field], message: `expected what a ${connector.type} connector needs, got nothing` });
  }
  if (Object.hasOwn(connector.config, 'redirectURI')) context.addIssue({ code: 'custom', path: ['config', 'redirectURI'], message: 'expected nothing: Argo CD sets it to <url>/api/dex/callback' });
  for (const { path, message } of literals(connector.config, ['config'])) context.addIssue({ code: 'custom', path, message });
});

/** Secrets that are written instead of referred to, wherever they stand in a connector's settings. */
function literals(value: unknown, path: readonly PropertyKey[]): { path: PropertyKey[]; message: string }[] {
  if (isFromSecret(value)) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => literals(item, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => literals(item, [...path, key]));
  }
  const key = String(path.at(-1));
  const reason = secretFields.includes(key) ? 'it is secret' : typeof value === 'string' ? findSecretLiteral(key, value)?.reason : undefined;
  if (reason === undefined) return [];
  const came = secretFields.includes(key) && typeof value !== 'string' ? describeValue(value) : 'a value';
  return [{ path: [...path], message: `expected { fromSecret: { name, key } }, got ${came}: ${reason}, and Git is read by many` }];
}

const dexSchema = z.strictObject({ connectors: z.array(connectorSchema).min(1) }).superRefine((dex, context) => {
  dex.connectors.forEach((connector, index) => {
    if (dex.connectors.findIndex((each) => each.id === connector.id) !== index) context.addIssue({ code: 'custom', path: ['connectors', index, 'id'], message: `expected an id of its own, got ${JSON.stringify(connector.id)} twice` });
  });
});

export const ssoSchema = z.strictObject({ oidc: oidcSchema.optional(), dex: dexSchema.optional() }).superRefine((sso, context) => {
  if ((sso.oidc === undefined) === (sso.dex === undefined)) context.addIssue({ code: 'custom', path: [], message: `expected either oidc or dex, got ${sso.oidc === undefined ? 'neither' : 'both'}` });
});

/** How people sign in, checked. */
export type ArgoCdSso = z.output<typeof ssoSchema>;

/** An OpenID Connect provider that knows groups. */
export interface ArgoCdOidcOptions {
  /** What the button says (`name`). @default 'SSO' */
  readonly name?: string;
  /** URL of the provider (`issuer`). */
  readonly issuer: string;
  /** (`clientID`) */
  readonly clientId: string;
  /** Its secret, by reference (`clientSecret`). @default - none, right with `pkce` alone */
  readonly clientSecret?: FromSecret;
  /** Another client for the command line (`cliClientID`). @default - the same */
  readonly cliClientId?: string;
  /** Scopes (`requestedScopes`). @default ['openid', 'profile', 'email', 'groups'] */
  readonly scopes?: readonly string[];
  /** Claims that the ID token must carry, such as `groups` (`requestedIDTokenClaims`). @default [] */
  readonly essentialClaims?: readonly string[];
  /** Path of the user info endpoint, where groups don't fit into the token (`enableUserInfoGroups`, `userInfoPath`). @default - groups come in the token */
  readonly userInfoGroups?: string;
  /** (`logoutURL`) @default - Argo CD's own sign-out alone */
  readonly logoutUrl?: string;
  /** Certificates of the provider's authority, PEM (`rootCA`). @default - those of the image */
  readonly rootCa?: string;
  /** Whether the UI signs in by PKCE (`enablePKCEAuthentication`). @default false */
  readonly pkce?: boolean;
}

/** A connector of Dex. */
export interface DexConnectorInput {
  /** Such as `github`, `gitlab`, `google`, `ldap`, `microsoft`, `oidc`, `saml` (`type`). */
  readonly type: string;
  /** (`id`) */
  readonly id: string;
  /** What the button says (`name`). */
  readonly name: string;
  /** Its settings as Dex names them; secrets as `{ fromSecret: { name, key } }` (`config`). @default {} */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** How people sign in: one of the two. */
export interface ArgoCdSsoOptions {
  /** A provider that Argo CD asks itself (`oidc.config`). @default - none */
  readonly oidc?: ArgoCdOidcOptions;
  /** Dex, for what speaks no OIDC or has no groups (`dex.config`). @default - none */
  readonly dex?: { readonly connectors: readonly DexConnectorInput[] };
}
