import { join } from 'node:path';
import { readCustomResources, type CustomResources } from '../validate/schemas/custom-resources.ts';

/** Where a workspace keeps CustomResourceDefinitions of its own. */
const folder = 'environments/crds';

/** The schemas of a workspace's own custom resources; none where it has no such folder. Fails with every file that can't be read. */
export function ownSchemas(root: string): { readonly customResources?: CustomResources } {
  const customResources = readCustomResources(join(root, folder));
  return customResources.length === 0 ? {} : { customResources };
}
