import type { Problem } from '../../values/errors.ts';
import type { Cloud } from './clouds.ts';
import type { Delivery } from './delivery.ts';

/** A delivery and the file that defines it. */
export interface LocatedDelivery {
  readonly file: string;
  readonly delivery: Delivery;
}

/** What is wrong between deliveries: two that make the same thing. */
export function betweenProblems(deliveries: readonly LocatedDelivery[]): Problem[] {
  const owners = new Map<string, string>();
  const claim = (key: string, what: string, owner: string, where: string): Problem[] => {
    const first = owners.get(key);
    if (first === undefined) owners.set(key, owner);
    return first === undefined ? [] : [{ where, message: `${what} is made by ${first} already`, fix: 'give one of them another name, or say in one that it exists' }];
  };
  const folders = deliveries.flatMap(({ file, delivery }) => madeFor(delivery).flatMap(({ key, what, field }) => claim(key, what, `delivery ${delivery.name}`, `${file}: cloud.${field}`)));
  const parts = deliveries.flatMap(({ file, delivery }) => delivery.apps.flatMap((app) => {
    const [where, owner, registry] = [`${file}: apps.${app.app}`, `${app.app} of ${delivery.name}`, registryOf(delivery)];
    return [
      ...Object.values(app.images?.names ?? {}).flatMap((name) => claim(`image ${registry} ${name}`, `image repository ${JSON.stringify(name)}`, owner, `${where}.images`)),
      ...(app.source === undefined ? [] : claim(`source ${registry} ${app.source.name}`, `source repository ${JSON.stringify(app.source.name)}`, owner, `${where}.source`)),
      ...(app.pipeline === undefined ? [] : claim(`identity ${delivery.name}-${app.app}`, `an identity named ${delivery.name}-${app.app}`, owner, `${where}.pipeline`)),
    ];
  }));
  return [...folders, ...parts];
}

/** What is made once for all apps of a delivery, as far as it is known to be in the same account. */
function madeFor({ cloud, apps }: Delivery): { readonly key: string; readonly what: string; readonly field: string }[] {
  const issuers = [...new Set(apps.flatMap(({ pipeline }) => (pipeline === undefined || pipeline.kind === 'codepipeline' ? [] : [pipeline.issuer])))].sort();
  const providers = (account: string, exists: (issuer: string) => boolean) => issuers.filter((issuer) => !exists(issuer)).map((issuer) => ({ key: `provider ${account} ${issuer}`, what: `the OIDC provider of ${issuer}, of which an account has one,`, field: 'oidcProviders' }));
  switch (cloud.kind) {
    case 'aws':
      return cloud.account === undefined ? [] : providers(cloud.account, (issuer) => Object.hasOwn(cloud.oidcProviders, issuer));
    case 'alibaba':
      return [
        ...(cloud.namespace.existing ? [] : [{ key: `namespace ${cloud.registryInstance} ${cloud.namespace.name}`, what: `namespace ${JSON.stringify(cloud.namespace.name)}`, field: 'namespace' }]),
        ...providers(cloud.registryInstance, (issuer) => typeof cloud.oidcProviders[issuer] === 'string'),
      ];
    case 'digital-ocean':
      return cloud.registry.existing ? [] : [{ key: `registry ${cloud.registry.name}`, what: `registry ${JSON.stringify(cloud.registry.name)}`, field: 'registry' }];
    default:
      return cloud satisfies never;
  }
}

/** What tells registries apart, as far as it is said: two accounts of AWS without their numbers aren't taken for one. */
function registryOf({ cloud, name }: { readonly cloud: Cloud; readonly name: string }): string {
  switch (cloud.kind) {
    case 'aws':
      return `aws ${cloud.account ?? `of ${name}`} ${cloud.region}`;
    case 'alibaba':
      return `alibaba ${cloud.registryInstance} ${cloud.namespace.name}`;
    case 'digital-ocean':
      return `digital-ocean ${cloud.registry.name}`;
    default:
      return cloud satisfies never;
  }
}
