import { describe, expect, it } from 'vitest';
import { catalogFor } from '../../../lib/validate/object-schema.ts';
import { compilePattern } from '../../../lib/validate/schemas/pattern.ts';
import { carriedBundle, knownMinors, kubernetesData, schemaIndex } from '../../../lib/validate/schemas/library.ts';
import { SlipwayError } from '../../../lib/values/errors.ts';
import { fixture } from '../healthy-app.ts';

function messageOf(minor: string, apiVersion: string, kind: string): string {
  const found = catalogFor(minor).find(apiVersion, kind);
  return 'message' in found ? `${found.message}; ${found.fix}` : 'served';
}

describe('the catalog of kinds', () => {
  it('has the five minors from 1.32 to 1.36, and every kind of each compiles', () => {
    expect(knownMinors()).toEqual(['1.32', '1.33', '1.34', '1.35', '1.36']);
    for (const minor of knownMinors()) {
      const kinds = Object.keys(kubernetesData().kinds).map((key) => messageOf(minor, key.slice(0, key.lastIndexOf('/')), key.slice(key.lastIndexOf('/') + 1)));
      expect(kinds.filter((text) => text === 'served').length, minor).toBeGreaterThan(50);
    }
  });

  it('has every custom resource with the version of the software that it comes from, and an example of each in the tests', () => {
    const carried = schemaIndex().customResources.flatMap(({ kinds }) => kinds);
    const examples = new Set(fixture('custom').map(({ apiVersion, kind }) => `${String(apiVersion).split('/')[0]}/${String(kind)}`));
    expect(carried.filter((kind) => !examples.has(kind))).toEqual([]);
    expect(schemaIndex().customResources.every(({ version }) => /^\d+\.\d+/.test(version))).toBe(true);
    for (const { file, kinds } of schemaIndex().customResources) {
      for (const kind of kinds) for (const version of Object.keys(carriedBundle(file).kinds[kind]?.served ?? {})) expect(messageOf('1.35', `${kind.split('/')[0]}/${version}`, kind.split('/')[1] ?? '')).toBe('served');
    }
  });

  it('has patterns that JavaScript can read only', () => {
    const patterns = (value: unknown): string[] => (typeof value !== 'object' || value === null ? [] : Object.entries(value).flatMap(([key, inner]) => (key === 'pattern' && typeof inner === 'string' ? [inner] : patterns(inner))));
    for (const data of [kubernetesData(), ...schemaIndex().customResources.map(({ file }) => carriedBundle(file))]) for (const pattern of patterns(data)) expect(() => compilePattern(pattern)).not.toThrow();
  });

  it('refuses another minor and says how to add it', () => {
    expect(() => catalogFor('1.31')).toThrow(SlipwayError);
    expect(() => catalogFor('1.37')).toThrow(/no schemas of Kubernetes 1\.37.*scripts\/compact-schemas\.ts/s);
  });

  it.each([
    ['1.35', 'apps/v1beta1', 'Deployment', /does not serve apps\/v1beta1 Deployment; use apiVersion apps\/v1/],
    ['1.35', 'policy/v1beta1', 'PodDisruptionBudget', /use apiVersion policy\/v1$/],
    ['1.35', 'extensions/v1beta1', 'Ingress', /use apiVersion networking\.k8s\.io\/v1$/],
    ['1.33', 'resource.k8s.io/v1', 'ResourceClaim', /does not serve resource\.k8s\.io\/v1 ResourceClaim; use a cluster of a later minor/],
    ['1.34', 'resource.k8s.io/v1', 'ResourceClaim', /^served$/],
    ['1.35', 'resource.k8s.io/v1beta1', 'ResourceClaim', /alpha and beta versions are off; use resource\.k8s\.io\/v1$/],
    ['1.35', 'apps/v1', 'Deploymnt', /Did you mean "Deployment"/],
    ['1.35', 'external-secrets.io/v1beta1', 'ExternalSecret', /external-secrets 2\.9 does not serve external-secrets\.io\/v1beta1 ExternalSecret; use apiVersion external-secrets\.io\/v1$/],
    ['1.35', 'authentication.k8s.io/v1', 'TokenReview', /there is no schema/],
    ['1.35', '__proto__', 'constructor', /there is no schema/],
  ])('on %s answers for %s %s', (minor, apiVersion, kind, answer) => {
    expect(messageOf(minor, apiVersion, kind)).toMatch(answer);
  });
});
