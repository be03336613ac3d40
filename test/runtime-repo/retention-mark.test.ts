import { expect, test } from 'vitest';
import { contentHashedConfigMap } from '../../lib/constructs/config-map.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { contentHashedBase } from '../../lib/runtime-repo/unit.ts';

test('what constructs mark as content-hashed is what publish keeps', () => {
  const value = contentHashedConfigMap({ name: 'web', labels: {} } as Parameters<typeof contentHashedConfigMap>[0], 'config', { A: '1' }) as unknown as KubeObject;
  expect(contentHashedBase({ objects: [{ value, construct: 'web' }] })).toBe('web-config');
  expect(contentHashedBase({ objects: [{ value: { ...value, metadata: { name: 'web' } }, construct: 'web' }] })).toBeUndefined();
});
