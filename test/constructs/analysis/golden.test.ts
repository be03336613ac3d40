import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ownAnalyses } from '../../../lib/constructs/analysis/arguments.ts';
import { analysisProblems } from '../../../lib/constructs/analysis/problems.ts';
import { analysisSchema } from '../../../lib/constructs/analysis/schema.ts';
import { analysisTemplateFor } from '../../../lib/constructs/analysis/template.ts';
import { expectGolden, faults } from '../network/samples.ts';
import { providerExamples, readyMadeExamples } from './examples.ts';
import { webFacts } from './support.ts';

const examples = { ...providerExamples, ...readyMadeExamples };
const folder = new URL('../../golden/analysis/', import.meta.url);

describe.each(Object.entries(examples))('the example %s', (name, example) => {
  it('is right in every field and where an app uses it', () => {
    expect(faults(analysisSchema, example)).toEqual([]);
    expect(analysisProblems({ analyses: [example] }, 'background', webFacts(), 'storefront/web', ['rollout', 'background'])).toEqual([]);
  });

  it('is rendered as a person would review it, and accepted by the resource\'s own schema', async () => {
    await expectGolden(ownAnalyses([example]).map((each) => analysisTemplateFor(each, webFacts())), `../../golden/analysis/${name}.yaml`);
  });
});

it('every golden file of an analysis is rendered by an example', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(examples).map((name) => `${name}.yaml`).sort());
});
