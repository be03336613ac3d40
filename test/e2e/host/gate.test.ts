import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFailure, type Finding } from '../../../lib/validate/finding.ts';
import type { Api } from '../../../lib/control-plane/api.ts';
import { installCrds } from '../../../lib/control-plane/crds.ts';
import { startPlane, type OwnPlane } from '../../../lib/control-plane/plane.ts';
import { findingsOf, unitOf, type Loose } from '../../validate/healthy-app.ts';
import { mutantsOf, type Mutant } from '../harness/mutants.ts';
import { named, whyWithout } from '../harness/need.ts';
import { kustomizeBuild } from '../harness/objects.ts';
import { renderSampleFleet } from '../harness/sample-fleet.ts';

const reason = await whyWithout('supervise', 'pki', 'etcd', 'kubernetes', 'kustomize');
const minor = '1.35';
/** How many, and which: others may be asked for by hand. */
const count = Number(process.env['SLIPWAY_GATE_MUTANTS'] ?? 6000);
const seed = Number(process.env['SLIPWAY_GATE_SEED'] ?? 1);

/** A mutant, and what both say of it. */
interface Verdict {
  readonly mutant: Mutant;
  /** What `validate` finds that it doesn't find in the object before. */
  readonly findings: readonly Finding[];
  /** Why the server refuses it; undefined where it takes it. */
  readonly refusal: string | undefined;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

describe.skipIf(reason)(named('the offline gate', reason), () => {
  let plane: OwnPlane;
  let originals: Loose[];
  let namespaces: string[];
  let verdicts: Verdict[];
  const resources = new Map<string, Resource>();

  /** What `validate` finds in an object on a cluster that has the fleet's namespaces. */
  const findings = (object: Loose): Finding[] => {
    const platform = namespaces.map((name): Loose => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    return findingsOf(unitOf([object, ...(object['kind'] === 'Namespace' ? [] : platform)], { app: null })).filter(isFailure);
  };

  beforeAll(async () => {
    const clusters = await renderSampleFleet();
    const folders = new Set(clusters.flatMap(({ platform, tracking, apps }) => [platform, ...tracking, ...apps].map(({ path }) => path)));
    originals = (await Promise.all([...folders].map(kustomizeBuild))).flat() as unknown as Loose[];
    namespaces = [...new Set(originals.map((object) => String((object['kind'] === 'Namespace' ? (object['metadata'] as Loose)['name'] : (object['metadata'] as Loose)['namespace']) ?? 'default')))];
    plane = await startPlane({ controllers: false });
    await installCrds(plane, originals as unknown as { readonly apiVersion: string; readonly kind: string }[]);
    for (const name of namespaces) {
      const answer = await plane.api.send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      expect([201, 409]).toContain(answer.status);
    }
    for (const apiVersion of new Set(originals.map((object) => String(object['apiVersion'])))) {
      const list = (await plane.api.get(rootOf(apiVersion))) as { readonly resources: readonly Resource[] };
      for (const resource of list.resources) if (!resource.name.includes('/')) resources.set(`${apiVersion} ${resource.kind}`, resource);
    }
  }, 600_000);
  afterAll(() => plane?.stop());

  it('lets every object of the sample fleet pass, and so does the server', { timeout: 300_000 }, async () => {
    const refused = (await inTurns(originals, async (object) => ({ object, refusal: await apply(plane.api, object, object) }))).filter(({ refusal }) => refusal !== undefined);
    expect(refused).toEqual([]);
  });

  it(`passes nothing of ${count} mutants of them that the server refuses`, { timeout: 1_200_000 }, async () => {
    const mutants = mutantsOf(originals, minor, count, seed);
    expect(mutants.length).toBe(count);
    const before = new Map<Loose, ReadonlySet<string>>();
    const rulesBefore = (object: Loose): ReadonlySet<string> => {
      if (!before.has(object)) before.set(object, new Set(findings(object).map(({ rule }) => rule)));
      return before.get(object)!;
    };
    verdicts = await inTurns(mutants, async (mutant) => ({
      mutant,
      // What an object lacks because it stands alone here, such as the Service of a route, is no matter of the server.
      findings: findings(mutant.object).filter(({ rule }) => !rulesBefore(mutant.origin).has(rule)),
      refusal: await apply(plane.api, mutant.object, mutant.origin),
    }));
    const passed = verdicts.filter((verdict) => verdict.findings.length === 0);
    const wrong = passed.filter(({ refusal }) => refusal !== undefined);
    expect(wrong.map(({ mutant, refusal }) => `${mutant.name}\n    ${refusal}`)).toEqual([]);
  });

  it('covers every kind that is rendered, and says in figures how both judge', () => {
    const kinds = new Set(verdicts.map(({ mutant }) => mutant.kind));
    expect([...kinds].sort()).toEqual([...new Set(originals.map((object) => String(object['kind'])))].sort());
    const passed = verdicts.filter((verdict) => verdict.findings.length === 0);
    const rejected = verdicts.filter((verdict) => verdict.findings.length > 0);
    const both = rejected.filter(({ refusal }) => refusal !== undefined);
    // Both judgements come out either way, or nothing is shown.
    expect(passed.length).toBeGreaterThan(200);
    expect(both.length).toBeGreaterThan(count / 3);
    const rules = new Map<string, number>();
    for (const verdict of rejected) if (verdict.refusal === undefined) for (const rule of new Set(verdict.findings.map((each) => each.rule))) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    const stricter = [...rules].sort(([, a], [, b]) => b - a).map(([rule, times]) => `${rule} ${times}`).join(', ');
    process.stdout.write(`stricter than the server: ${stricter}\n`);
    process.stdout.write(`offline gate: ${verdicts.length} mutants of ${kinds.size} kinds (seed ${seed}): ${passed.length} passed, all but ${passed.filter(({ refusal }) => refusal !== undefined).length} of which the server takes; ${rejected.length} rejected, of which the server refuses ${both.length}\n`);
  });

  /** Why the server refuses an object in a dry run, as a controller applies it; undefined where it takes it. */
  async function apply(api: Api, object: Loose, origin: Loose): Promise<string | undefined> {
    const { apiVersion, kind } = object;
    const resource = resources.get(`${String(apiVersion)} ${String(kind)}`);
    if (resource === undefined) return `the server doesn't know ${JSON.stringify(apiVersion)} ${JSON.stringify(kind)}`;
    const metadata = (typeof object['metadata'] === 'object' ? object['metadata'] : undefined) as Loose | undefined;
    const name = metadata?.['name'];
    const namespace = metadata?.['namespace'] ?? (origin['metadata'] as Loose)['namespace'] ?? 'default';
    const path = `${rootOf(String(apiVersion))}${resource.namespaced ? `/namespaces/${encodeURIComponent(typeof namespace === 'string' && namespace !== '' ? namespace : 'default')}` : ''}/${resource.name}`;
    const query = 'dryRun=All&fieldManager=slipway-e2e&fieldValidation=Strict';
    const isNamed = typeof name === 'string' && name !== '' && name !== '..' && name !== '.';
    const answer = isNamed
      ? await api.send('PATCH', `${path}/${encodeURIComponent(name)}?${query}&force=true`, object, 'application/apply-patch+yaml')
      : await api.send('POST', `${path}?${query}`, object);
    if (answer.status < 300) return undefined;
    return `${answer.status} ${messageOf(answer.body)}`.slice(0, 400);
  }
});

/** The message of a Status; some refusals, such as that of a path without an object, are plain text. */
function messageOf(body: string): string {
  return body.startsWith('{') ? ((JSON.parse(body) as { readonly message?: string }).message ?? '') : body;
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Several at a time, in the order in which they stand. */
async function inTurns<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]!);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return results;
}
