import type { Problem } from '../../../values/errors.ts';
import type { DeliveryOf } from '../delivery.ts';
import { issuerPath } from './identities.ts';
import { imageVariable } from './names.ts';

/** What AWS alone would find wrong with a delivery, or nobody; told before anything is made. */
export function awsProblems(delivery: DeliveryOf<'aws'>): Problem[] {
  return [...arnProblems(delivery), ...variableProblems(delivery)];
}

function arnProblems({ name, cloud }: DeliveryOf<'aws'>): Problem[] {
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

/** Images that a build couldn't tell apart: a variable of its environment says where each goes. */
function variableProblems({ name, apps }: DeliveryOf<'aws'>): Problem[] {
  return apps.filter(({ pipeline }) => pipeline?.kind === 'codepipeline').flatMap(({ app, images }) => {
    const keys = Object.keys(images?.names ?? {});
    return keys.flatMap((key, index) => {
      const first = keys.slice(0, index).find((other) => imageVariable(other) === imageVariable(key));
      return first === undefined ? [] : [{ where: `delivery ${name}: apps.${app}.pipeline`, message: `expected images whose variables differ, got ${imageVariable(key)} for ${JSON.stringify(first)} and ${JSON.stringify(key)}`, fix: 'give one of them another key in the images of the app' }];
    });
  });
}
