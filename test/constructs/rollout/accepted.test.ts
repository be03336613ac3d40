import { describe, expect, it } from 'vitest';
import { objectsOf } from '../support.ts';
import { refusals } from '../network/samples.ts';
import { rolloutSamples } from './samples.ts';
import { rolledOut } from './support.ts';

describe('every object of an app that rolls out is one that API servers with Argo Rollouts accept', () => {
  it.each(Object.entries(rolloutSamples))('by %s', (_name, { rollout, props }) => {
    const { chart, problems } = rolledOut(rollout, props);
    expect(problems).toEqual([]);
    expect(objectsOf(chart).flatMap((object) => refusals(object).filter((refusal) => !/(networking.istio.io|traefik.io)/.test(`${object.apiVersion} ${refusal}`)))).toEqual([]);
  });
});
