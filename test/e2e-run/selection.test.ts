import { describe, expect, it } from 'vitest';
import { select, type TestFile } from '../e2e/harness/selection.ts';

const file = (folder: TestFile['folder'], name: string): TestFile => ({ folder, name, path: `test/e2e/${folder}/${name}.test.ts` });
const files = [file('controllers', 'fleet'), file('host', 'accept'), file('plane', 'kustomize'), file('plane', 'plane')];
const there = { kubeconfig: '/home/ada/.kube/kind', contexts: ['kind', 'other'] };

function names(selected: ReturnType<typeof select>): readonly string[] {
  return 'problem' in selected ? [selected.problem] : selected.files.map(({ name }) => name);
}

describe('what of the end-to-end suite runs', () => {
  it('is everything on control planes of its own, though a kubeconfig names a cluster', () => {
    expect(names(select(files, there))).toEqual(['fleet', 'accept', 'kustomize', 'plane']);
  });

  it('is what is named', () => {
    expect(names(select(files, { only: ['plane', 'fleet'], contexts: [] }))).toEqual(['fleet', 'plane']);
    expect(names(select(files, { only: ['plan'], contexts: [] }))).toEqual(['--only: expected one of accept, fleet, kustomize, plane, got plan']);
  });

  it('is on an existing cluster what shares one control plane; the rest is skipped by name with the reason', () => {
    const selected = select(files, { ...there, context: 'kind' });
    expect(names(selected)).toEqual(['kustomize', 'plane']);
    expect('skipped' in selected && selected.skipped).toEqual([
      { name: 'fleet', reason: expect.stringContaining('controllers') as string },
      { name: 'accept', reason: expect.stringContaining('empty ones of its own') as string },
    ]);
  });

  it('is nothing where a context is named that the kubeconfig doesn\'t have', () => {
    expect(names(select(files, { ...there, context: 'kindd' }))).toEqual(['--context: expected a context of /home/ada/.kube/kind, got "kindd"; it has kind, other']);
  });

  it('is nothing where a context is named and no kubeconfig: nobody\'s own is read by accident', () => {
    expect(names(select(files, { context: 'kind', contexts: [] }))[0]).toContain('expected KUBECONFIG to name the kubeconfig');
  });

  it('is nothing where what is named can\'t run on an existing cluster', () => {
    expect(names(select(files, { ...there, context: 'kind', only: ['fleet', 'plane'] }))[0]).toMatch(/^--only fleet: doesn't run on an existing cluster: it starts controllers/);
  });
});
