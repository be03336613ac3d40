import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brief, findingsOf, healthyApp, unitOf } from '../healthy-app.ts';
import { analysisCases } from './analysis-cases.ts';
import { crossCases } from './cross-cases.ts';
import { objectCases } from './object-cases.ts';
import { podCases } from './pod-cases.ts';
import { rolloutCases } from './rollout-cases.ts';
import { routingCases } from './routing-cases.ts';
import { rules } from '../../../lib/validate/rules/all.ts';

const cases = [...objectCases, ...podCases, ...crossCases, ...rolloutCases, ...routingCases, ...analysisCases];

describe('rules', () => {
  it('find nothing in a healthy app, on any minor', () => {
    expect(findingsOf(unitOf(Object.values(healthyApp())), { minors: ['1.32', '1.33', '1.34', '1.35', '1.36'] })).toEqual([]);
  });

  it.each(cases.filter(({ finds }) => finds.length > 0))('$rule: $name', ({ rule, change, finds, unit, target }) => {
    const app = healthyApp();
    change(app);
    const findings = findingsOf(unitOf(Object.values(app), unit), target);
    expect(brief(findings)).toEqual(finds.map((find) => `${find} ${rule}`));
    for (const { message, fix } of findings) expect(message.length * fix.length).toBeGreaterThan(0);
  });

  it.each(cases.filter(({ finds }) => finds.length === 0))('$rule lets pass: $name', ({ change, unit, target }) => {
    const app = healthyApp();
    change(app);
    expect(findingsOf(unitOf(Object.values(app), unit), target)).toEqual([]);
  });

  it('each have a case that fails and one that passes', () => {
    const checked = rules.filter(({ scope }) => scope === 'object' || scope === 'unit').map(({ id }) => id);
    const failing = new Set(cases.filter(({ finds }) => finds.length > 0).map(({ rule }) => rule));
    const passing = new Set(cases.filter(({ finds }) => finds.length === 0).map(({ rule }) => rule));
    expect(checked.filter((id) => !failing.has(id) || !passing.has(id))).toEqual(['kustomization-files']);
  });

  it('stand each in a file named by its id', () => {
    const files = readdirSync(new URL('../../../lib/validate/rules', import.meta.url)).map((file) => file.replace('.ts', '')).filter((file) => file !== 'all' && file !== 'schema');
    expect(files.sort()).toEqual(rules.filter(({ scope }) => scope !== 'schema').map(({ id }) => id).sort());
  });

  it('have ids, titles and fixes of their own', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    expect(rules.filter(({ id, title, fix }) => !/^[a-z]+(-[a-z]+)*$/.test(id) || title === '' || fix === '')).toEqual([]);
  });
});
