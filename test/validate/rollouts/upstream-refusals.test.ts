import { describe, expect, it } from 'vitest';
import { referenceRefusals, specRefusals } from './upstream-refusals.ts';
import { judged } from './world.ts';

describe('what Argo Rollouts\' own validation refuses', () => {
  it.each([...specRefusals, ...referenceRefusals])('is found before it ships: $error ($rule)', ({ rule, world }) => {
    const findings = judged(world).filter(({ severity }) => severity === 'error');
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });
});
