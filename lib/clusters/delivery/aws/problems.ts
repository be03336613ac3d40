import type { Problem } from '../../../values/errors.ts';
import type { DeliveryOf } from '../delivery.ts';
import { issuerPath } from './identities.ts';

/** What contradicts itself among the ARNs of a delivery; told before anything is made. */
export function arnProblems({ name, cloud }: DeliveryOf<'aws'>): Problem[] {
  const problems: Problem[] = [];
  const where = `delivery ${name}: cloud`;
  const { account, kmsKey, oidcProviders, region } = cloud;
  if (kmsKey !== undefined && kmsKey.split(':')[3] !== region) problems.push({ where: `${where}.kmsKey`, message: `expected a key of ${region}, got ${kmsKey}`, fix: 'name a key of the region in which everything is made, or a replica there' });
  for (const [issuer, arn] of Object.entries(oidcProviders)) {
    if (!arn.endsWith(`:oidc-provider/${issuerPath(issuer)}`)) problems.push({ where: `${where}.oidcProviders[${JSON.stringify(issuer)}]`, message: `expected the ARN of that issuer's provider, which ends with oidc-provider/${issuerPath(issuer)}, got ${arn}` });
    if (account !== undefined && arn.split(':')[4] !== account) problems.push({ where: `${where}.oidcProviders[${JSON.stringify(issuer)}]`, message: `expected a provider of account ${account}, got ${arn}`, fix: 'a role trusts the providers of its own account alone' });
  }
  return problems;
}
