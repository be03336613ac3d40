import { expect, test } from 'vitest';
import { contentHashedAnnotation as ofConstructs } from '../../lib/constructs/config-map.ts';
import { contentHashedAnnotation, contentHashedBase } from '../../lib/runtime-repo/unit.ts';

test('what constructs mark as content-hashed is what publish keeps', () => {
  expect(contentHashedAnnotation).toBe(ofConstructs);
  const value = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web-1a2b', annotations: { [ofConstructs]: 'web' } } };
  expect(contentHashedBase({ objects: [{ value, construct: 'web' }] })).toBe('web');
  expect(contentHashedBase({ objects: [{ value: { ...value, metadata: { name: 'web' } }, construct: 'web' }] })).toBeUndefined();
});
