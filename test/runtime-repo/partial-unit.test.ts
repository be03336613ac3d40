import { describe, expect, it } from 'vitest';
import { blobId } from '../../lib/runtime-repo/blob.ts';
import type { Ledger } from '../../lib/runtime-repo/ledger.ts';
import { diffUnit, type DiffContext } from '../../lib/runtime-repo/unit-diff.ts';
import type { PublishUnit } from '../../lib/runtime-repo/unit.ts';

const now = new Date('2026-01-01T00:00:00Z');
const list = 'resources:\n- configmap-a-2.yaml\n';
const before: Readonly<Record<string, string>> = {
  'apps/prod/web/kustomization.yaml': 'resources:\n- configmap-a-1.yaml\n- pvc.yaml\n', 'apps/prod/web/configmap-a-1.yaml': 'one', 'apps/prod/web/pvc.yaml': 'claim', 'apps/prod/web@far/kustomization.yaml': 'far',
};
const files = Object.fromEntries(Object.entries(before).map(([path, text]) => [path, blobId(text)]));
const ledger: Ledger = {
  unit: 'apps/prod/web', app: 'web', environment: 'prod', source: 'a'.repeat(40), images: [], files,
  hashed: { 'apps/prod/web/configmap-a-1.yaml': { base: 'a', generation: 1 } }, guarded: { 'apps/prod/web/pvc.yaml': ['PersistentVolumeClaim/web/data'] },
};
const context: DiffContext = { files: new Map(Object.entries(files).map(([path, blob]) => [path, { mode: '100644', blob }])), adopt: new Set(), now, owners: new Map(), rendered: new Map(), source: 'b'.repeat(40) };
const unit: PublishUnit = {
  id: 'apps/prod/web', app: 'web', environment: 'prod', images: [], partial: true,
  files: [{ path: 'apps/prod/web@next/kustomization.yaml', text: list }, { path: 'apps/prod/web@next/configmap-a-2.yaml', text: 'two', contentHashed: 'a' }],
};

describe('a unit that renders some of its folders only', () => {
  it('leaves the others as they are, what is guarded in them too', () => {
    const diff = diffUnit({ id: unit.id, unit, ledger }, context);
    expect(diff.problems).toEqual([]);
    expect([diff.deletes, diff.writes.filter(({ path }) => !path.includes('@next/'))]).toEqual([[], []]);
    for (const [path, blob] of Object.entries(files)) expect(diff.ledger?.files[path], path).toBe(blob);
    expect(diff.ledger?.hashed['apps/prod/web/configmap-a-1.yaml']).toEqual({ base: 'a', generation: 1 });
    expect(diff.ledger?.guarded).toEqual(ledger.guarded);
  });

  it('takes along into its new folder the config that its pods may still mount', () => {
    const diff = diffUnit({ id: unit.id, unit, ledger }, context);
    const written = new Map(diff.writes.map(({ path, text }) => [path, text]));
    expect(written.get('apps/prod/web@next/kustomization.yaml')).toContain('configmap-a-1.yaml');
    expect(diff.ledger?.files['apps/prod/web@next/configmap-a-1.yaml']).toBe(blobId('one'));
  });

  it('removes the others as soon as it renders all', () => {
    const diff = diffUnit({ id: unit.id, unit: { ...unit, partial: false }, ledger }, context);
    expect(diff.deletes).toEqual(expect.arrayContaining(['apps/prod/web/pvc.yaml', 'apps/prod/web@far/kustomization.yaml']) as string[]);
  });
});
