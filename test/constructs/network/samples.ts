import { expect } from 'vitest';
import type { PodPort, WorkloadIdentity } from '../../../lib/constructs/workload-identity.ts';
import type { ManifestValue } from '../../../lib/constructs/manifest.ts';
import { documentsToYaml } from '../../../lib/manifests/yaml.ts';
import { kubernetesMinors } from '../../../lib/model/cluster.ts';
import { parseWith } from '../../../lib/model/schema.ts';
import { describeProblem } from '../../../lib/values/errors.ts';
import { Catalog } from '../../../lib/validate/schemas/catalog.ts';
import { Walk } from '../../../lib/validate/schemas/issue.ts';
import { checkValue } from '../../../lib/validate/schemas/walk.ts';

/** The workload `storefront-web` in production. */
export const web: WorkloadIdentity = {
  name: 'storefront-web',
  app: 'storefront',
  namespace: 'storefront-prod',
  labels: { 'app.kubernetes.io/name': 'storefront-web', 'app.kubernetes.io/part-of': 'storefront' },
  selector: { 'app.kubernetes.io/name': 'storefront-web' },
};

/** Its ports. */
export const webPorts: readonly PodPort[] = [{ name: 'http', port: 8000 }, { name: 'metrics', port: 9100 }];

/** What routes know of it. */
export const routeFacts = { domain: 'acme.example', backend: { service: 'storefront-web', port: 80 } };

const catalogs = kubernetesMinors.map((minor) => ({ minor, catalog: new Catalog(minor, undefined) }));

/** What the API servers of all supported minors would refuse in an object, unknown fields included. */
export function refusals(object: ManifestValue): string[] {
  return catalogs.flatMap(({ minor, catalog }) => {
    const served = catalog.find(object.apiVersion, object.kind);
    if (!('node' in served)) return [`${minor}: ${served.message}`];
    const walk = new Walk();
    checkValue(served.node, JSON.parse(JSON.stringify(object)), walk);
    return walk.issues.map((issue) => `${minor}: ${issue.field}: ${issue.message}`);
  });
}

/** The objects are accepted by every supported minor and stand in a golden file as a person would review them. */
export async function expectGolden(objects: readonly ManifestValue[], file: string): Promise<void> {
  expect(objects.flatMap(refusals)).toEqual([]);
  await expect(documentsToYaml(objects)).toMatchFileSnapshot(file);
}

/** What is wrong with some options, one line each with the fix. */
export function faults(schema: Parameters<typeof parseWith>[0], options: unknown): string[] {
  return parseWith(schema, options, 'web').problems.map((problem) => describeProblem(problem).replace('\n    fix:', ' →')).sort();
}
