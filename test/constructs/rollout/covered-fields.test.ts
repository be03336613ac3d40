import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareText } from '../../../lib/values/errors.ts';
import { objectsOf } from '../support.ts';
import { schemaFields, untouched, writtenFields } from './covered-fields.ts';
import { rolloutSamples } from './samples.ts';
import { rolledOut } from './support.ts';

const rendered = Object.values(rolloutSamples).flatMap(({ rollout, props }) => objectsOf(rolledOut(rollout, props).chart));

/** Fields that the samples leave out, each told by the top of the part that nothing writes. */
function missing(kind: string, skipped: readonly string[]): string[] {
  const fields = schemaFields(kind, skipped);
  const written = new Set(rendered.filter((object) => object.kind === kind).flatMap((object) => [...writtenFields(object, fields)]));
  expect(written.size).toBeGreaterThan(30);
  return untouched(fields, written);
}

/** Fields in the page's table for a kind: its first column. */
function documented(heading: string): string[] {
  const page = readFileSync(new URL('../../../docs/progressive-delivery.md', import.meta.url), 'utf8');
  const section = page.split(`### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('| `')).flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, field = '']) => field)).sort(compareText);
}

describe('docs/progressive-delivery.md lists every field that can\'t be said', () => {
  // The pods' template is PythonApp's own, judged by what Kubernetes knows of pods.
  it('of a Rollout', () => {
    expect(documented('Of a Rollout')).toEqual(missing('Rollout', ['spec.template']));
  });

  it('of an AnalysisTemplate', () => {
    expect(documented('Of an AnalysisTemplate')).toEqual(missing('AnalysisTemplate', ['spec.metrics[].provider.job.spec', 'spec.metrics[].provider.job.metadata']));
  });
});
