import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PythonApp } from '../../../lib/constructs/python-app/python-app.ts';
import type { PythonAppProps } from '../../../lib/constructs/python-app/props.ts';
import { compareText } from '../../../lib/values/errors.ts';
import { objectsOf, problemsOf, testChart } from '../support.ts';
import { faults, soundProps, type Fault, type Soil } from './faults.ts';

function reported(props: Soil): { readonly wheres: string[]; readonly rendered: number; readonly messages: string[] } {
  const chart = testChart();
  // What is planted is no PythonAppProps any more; JavaScript wouldn't have noticed either.
  new PythonApp(chart, 'web', props as unknown as PythonAppProps);
  return { wheres: chart.problems.map((problem) => problem.where).sort(compareText), rendered: objectsOf(chart).length, messages: problemsOf(chart) };
}

function planted(chosen: readonly Fault[]): Soil {
  const props = soundProps();
  for (const fault of chosen) fault.plant(props);
  return props;
}

function expected(chosen: readonly Fault[]): string[] {
  return chosen.flatMap((fault) => fault.reported.map((field) => `storefront/web: ${field}`)).sort(compareText);
}

/** One to five faults that don't touch the same fields. */
const several = fc.shuffledSubarray([...faults], { minLength: 1, maxLength: 12 }).map((chosen) => {
  const taken = new Set<string>();
  return chosen.filter((fault) => {
    const free = fault.touches.every((field) => !taken.has(field));
    if (free) for (const field of fault.touches) taken.add(field);
    return free;
  }).slice(0, 5);
});

test('props without a fault render, and nothing is reported', () => {
  const { wheres, rendered } = reported(soundProps());
  expect(wheres).toEqual([]);
  expect(rendered).toBeGreaterThan(8);
});

test.each(faults.map((fault, index) => [`${index} ${fault.reported.join(', ')}`, fault] as const))('fault %s is reported where it is, once, and nothing is rendered', (_, fault) => {
  const { wheres, rendered } = reported(planted([fault]));
  expect(wheres).toEqual(expected([fault]));
  expect(rendered).toBe(0);
});

test('one to five faults at once are reported, each of them and nothing else', () => {
  fc.assert(fc.property(several, (chosen) => {
    expect(reported(planted(chosen)).wheres).toEqual(expected(chosen));
  }), { numRuns: 2_500, seed: 42 });
});

test('whatever is given instead of props, or in them, is reported and never thrown', () => {
  fc.assert(fc.property(fc.anything(), (value) => {
    expect(reported(value as Soil).wheres.length).toBeGreaterThan(0);
  }), { numRuns: 300 });
  fc.assert(fc.property(fc.constantFrom(...Object.keys(soundProps()), 'tracing', 'autoscale', 'calls', 'bare'), fc.anything(), (field, value) => {
    reported({ ...soundProps(), [field]: value });
  }), { numRuns: 1000 });
});
