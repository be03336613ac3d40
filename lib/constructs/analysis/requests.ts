import type { IOAuth2Config } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/OAuth2Config';
import type { IWebMetricHeader } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/WebMetricHeader';
import { findSecretLiteral } from '../../values/secret-literal.ts';
import type { ProviderFault } from './provider.ts';
import type { OAuth2Options } from './prometheus/options.ts';
import { argumentsIn } from './texts.ts';

/** What of a request may hold a secret by mistake. */
interface RequestTexts {
  readonly headers?: Readonly<Record<string, string>>;
  readonly authentication?: object;
}

const fix = 'read it from a Secret by an argument: args: { token: { secret, key } }, and say {{args.token}}';

/** Headers as Argo Rollouts has them. */
export function headerList(headers: Readonly<Record<string, string>>): IWebMetricHeader[] {
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}

/** Credentials as Argo Rollouts has them (`authentication.oauth2`). */
export function oauth2Of({ tokenUrl, clientId, clientSecret, scopes }: OAuth2Options): IOAuth2Config {
  return { tokenUrl, clientId, clientSecret, ...(scopes !== undefined && { scopes: [...scopes] }) };
}

/** Credentials that stand in Git instead of in a Secret. */
export function secretFaults({ headers = {}, authentication }: RequestTexts): ProviderFault[] {
  const faults = Object.entries(headers).flatMap(([name, value]): ProviderFault[] => {
    const credentials = /^(?:proxy-)?authorization$|^cookie$/i.test(name) && argumentsIn(value).length === 0 ? 'it holds credentials' : undefined;
    const reason = credentials ?? findSecretLiteral(name, value)?.reason;
    return reason === undefined ? [] : [{ path: ['headers', name], message: `expected no secret in Git, got a value that looks like one: ${reason}`, fix }];
  });
  const secret = (authentication as { readonly oauth2?: OAuth2Options } | undefined)?.oauth2?.clientSecret;
  if (secret !== undefined && argumentsIn(secret).length === 0) faults.push({ path: ['authentication', 'oauth2', 'clientSecret'], message: 'expected no secret in Git, got one', fix });
  return faults;
}
