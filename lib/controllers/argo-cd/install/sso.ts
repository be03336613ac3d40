import { toYaml } from '../../../manifests/yaml.ts';
import type { ArgoCdSso } from '../../../model/argo-cd/sso.ts';
import { isFromSecret } from '../../../model/argo-cd/secret-key.ts';
import type { SecretReference } from '../../../model/secret-reference.ts';

/** What Argo CD replaces by the value of a key of a Secret in its namespace. */
export function secretText({ name, key }: SecretReference): string {
  return `$${name}:${key}`;
}

/** Data of `argocd-cm` by which people sign in. */
export function ssoData(sso: ArgoCdSso | undefined): Record<string, string> {
  return {
    ...(sso?.dex !== undefined && { 'dex.config': toYaml({ connectors: sso.dex.connectors.map(({ type, id, name, config }) => ({ type, id, name, config: withReferences(config) })) }) }),
    ...(sso?.oidc !== undefined && { 'oidc.config': toYaml(oidcConfig(sso.oidc)) }),
  };
}

function oidcConfig(oidc: NonNullable<ArgoCdSso['oidc']>): object {
  return {
    name: oidc.name,
    issuer: oidc.issuer,
    clientID: oidc.clientId,
    ...(oidc.clientSecret !== undefined && { clientSecret: secretText(oidc.clientSecret.fromSecret) }),
    ...(oidc.cliClientId !== undefined && { cliClientID: oidc.cliClientId }),
    requestedScopes: oidc.scopes,
    ...(oidc.essentialClaims.length > 0 && { requestedIDTokenClaims: Object.fromEntries(oidc.essentialClaims.map((claim) => [claim, { essential: true }])) }),
    ...(oidc.userInfoGroups !== undefined && { enableUserInfoGroups: true, userInfoPath: oidc.userInfoGroups }),
    ...(oidc.logoutUrl !== undefined && { logoutURL: oidc.logoutUrl }),
    ...(oidc.rootCa !== undefined && { rootCA: oidc.rootCa }),
    ...(oidc.pkce && { enablePKCEAuthentication: true }),
  };
}

function withReferences(value: unknown): unknown {
  if (isFromSecret(value)) return secretText(value.fromSecret);
  if (Array.isArray(value)) return value.map(withReferences);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item)]));
  return value;
}
