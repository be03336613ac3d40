import { parseImageReference } from '../values/image-reference.ts';

/** A cloud whose workload identity opens a registry. */
export type CloudIdentity = 'aws' | 'azure' | 'gcp';

/** Registries that a cloud's workload identity opens; every other needs a pull secret, or nothing. */
const clouds: readonly { readonly host: RegExp; readonly provider: CloudIdentity }[] = [
  { host: /^\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$/, provider: 'aws' },
  { host: /\.azurecr\.(io|cn|us)$/, provider: 'azure' },
  { host: /(^|\.)gcr\.io$|-docker\.pkg\.dev$/, provider: 'gcp' },
];

/** The cloud whose workload identity opens the registry of a repository, if one does. */
export function cloudIdentityOf(repository: string): CloudIdentity | undefined {
  const host = parseImageReference(repository)?.registry;
  return host === undefined ? undefined : clouds.find((cloud) => cloud.host.test(host))?.provider;
}
