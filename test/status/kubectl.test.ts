import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectl } from '../../lib/status/kubectl.ts';

let folder: string;
let binary: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-kubectl-'));
  binary = join(folder, 'kubectl');
  writeFileSync(binary, `#!/bin/sh
case "$*" in
  *"config get-contexts"*) printf 'one\\ntwo\\n' ;;
  *"config view"*) printf 'two' ;;
  *"get unserved,pods"*|*"get pods,unserved"*) echo "error: the server doesn't have a resource type \\"unserved\\"" >&2; exit 1 ;;
  *"get unserved"*) echo "error: the server doesn't have a resource type \\"unserved\\"" >&2; exit 1 ;;
  *"get pods"*) printf '{"items":[{"kind":"Pod","asked":"%s"}]}' "$*" ;;
  *"get nothing"*) ;;
  *) echo "Unable to connect to the server: refused" >&2; exit 1 ;;
esac
`);
  chmodSync(binary, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const door = (kubeconfig?: string): ReturnType<typeof kubectl> => kubectl({ cwd: folder, binary, env: process.env, ...(kubeconfig !== undefined && { kubeconfig }) });

describe('kubectl', () => {
  it('tells the contexts, and which is current', async () => {
    expect(await door().contexts()).toEqual({ names: ['one', 'two'], current: 'two' });
  });

  it('is asked in the context and with the kubeconfig that are named', async () => {
    expect(await door('/some/file').at('one').list(['pods'], ['--namespace', 'a'])).toEqual([
      { kind: 'Pod', asked: '--kubeconfig /some/file --context one --request-timeout=30s get pods --namespace a --ignore-not-found --output=json' },
    ]);
  });

  it('has no objects of a kind that isn\'t served, and those of the others', async () => {
    expect(await door().at('one').list(['unserved', 'pods'], [])).toMatchObject([{ kind: 'Pod' }]);
    expect(await door().at('one').list(['unserved'], [])).toEqual([]);
    expect(await door().at('one').list(['nothing'], [])).toEqual([]);
    expect(await door().at('one').list([], [])).toEqual([]);
  });

  it('says what it said when it fails, and how it is had when it is missing', async () => {
    await expect(door().at('one').list(['services'], [])).rejects.toThrow('Unable to connect to the server: refused');
    await expect(kubectl({ cwd: folder, binary: join(folder, 'none'), env: {} }).contexts()).rejects.toThrow('install');
  });
});
