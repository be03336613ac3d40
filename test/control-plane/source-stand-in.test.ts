import { describe, expect, it } from 'vitest';
import { isDue } from '../../lib/control-plane/controllers/source-stand-in.ts';

const source = (annotation: string | undefined, status: object, spec: object = {}) => ({
  metadata: { name: 'flux-system', namespace: 'flux-system', generation: 2, ...(annotation !== undefined && { annotations: { 'reconcile.fluxcd.io/requestedAt': annotation } }) },
  spec: { url: 'http://127.0.0.1/runtime.git', interval: '1m', ...spec },
  status: { observedGeneration: 2, ...status },
});

describe('the stand-in for source-controller', () => {
  it('looks after an object that has changed, and one for which somebody asks', () => {
    expect(isDue(source(undefined, { observedGeneration: 1 }))).toBe(true);
    expect(isDue(source('noon', {}))).toBe(true);
    expect(isDue(source('one', { lastHandledReconcileAt: 'noon' }))).toBe(true);
  });

  it('leaves it alone when it has answered, also when the request is taken off afterwards', () => {
    expect(isDue(source(undefined, {}))).toBe(false);
    expect(isDue(source('noon', { lastHandledReconcileAt: 'noon' }))).toBe(false);
    expect(isDue(source(undefined, { lastHandledReconcileAt: 'noon' }))).toBe(false);
  });

  it('leaves a suspended one alone', () => {
    expect(isDue(source('noon', { observedGeneration: 1 }, { suspend: true }))).toBe(false);
  });
});
