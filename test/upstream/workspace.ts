import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LockEntry } from '../../lib/upstream/lock.ts';
import { sha256Of } from '../../lib/upstream/store.ts';

/** A new folder with files by path, removed after the test. */
export function folderOf(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-upstream-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The text of a lock with these entries. */
export function lockOf(...entries: readonly LockEntry[]): string {
  return `# a comment\nupstream:\n${entries.map((entry) => `  - ${JSON.stringify(entry)}\n`).join('')}`;
}

/** A small manifest, as upstream would publish it. */
export const manifest = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: rollouts.argoproj.io
spec:
  group: argoproj.io
  names: { kind: Rollout, plural: rollouts }
  scope: Namespaced
  versions:
    - { name: v1alpha1, served: true, storage: true }
    - { name: v1alpha0, served: false, storage: false }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argo-rollouts
  namespace: argo-rollouts
spec:
  template:
    spec:
      containers:
        - name: argo-rollouts
          image: quay.io/argoproj/argo-rollouts:latest
---
# nothing
---
apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: ServiceAccount, metadata: { name: one } }
`;

export const manifestSha = sha256Of(Buffer.from(manifest));

/** Argo Rollouts, pinned to the small manifest. */
export const rollouts = { name: 'argo-rollouts', version: '1.10.1' } as const;
export const rolloutsEntry: LockEntry = { ...rollouts, url: 'https://up.example/rollouts/v1.10.1/install.yaml', sha256: manifestSha, source: 'here' };
