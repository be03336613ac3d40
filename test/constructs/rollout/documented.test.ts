import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { blueGreen, type BlueGreenOptions } from '../../../lib/constructs/rollout/blue-green-options.ts';
import { canary, type CanaryOptions } from '../../../lib/constructs/rollout/canary-options.ts';
import { pause, weight } from '../../../lib/constructs/rollout/steps.ts';
import { filesUnder, textOf } from '../../source-files.ts';
import { rolloutOf } from './support.ts';

interface Documented {
  readonly owner: string;
  readonly option: string;
  readonly value: unknown;
}

/** Every `@default` that is a value and no sentence. */
const documented = filesUnder('lib/constructs/rollout', /(?:common|canary|blue-green)-options\.ts$/).flatMap((path): Documented[] => {
  const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.ESNext, true);
  return source.statements.filter(ts.isInterfaceDeclaration).flatMap((owner) => owner.members.flatMap((member) => {
    const text = (ts.getTextOfJSDocComment(ts.getJSDocTags(member).find((tag) => tag.tagName.text === 'default')?.comment) ?? '').replace(/:.*/, '').trim();
    return /^([0-9]+|true|false)$/.test(text) ? [{ owner: owner.name.text, option: member.name?.getText(source) ?? '', value: JSON.parse(text) as unknown }] : [];
  }));
});

const steps = [weight(20), pause('5m')];

/** The Rollout with what Argo Rollouts takes for granted left out. */
function withoutUsual(said: CanaryOptions | BlueGreenOptions, owner: string): unknown {
  const { spec } = rolloutOf(owner === 'BlueGreenOptions' ? blueGreen(said) : canary({ steps, ...said } as CanaryOptions));
  const { dynamicStableScale, ...strategy } = { ...spec.strategy?.canary };
  const { autoPromotionEnabled, ...other } = { ...spec.strategy?.blueGreen };
  return { ...spec, strategy: { ...strategy, ...other, ...(dynamicStableScale === true && { dynamicStableScale }), ...(autoPromotionEnabled === false && { autoPromotionEnabled }) } };
}

describe('documented defaults of a rollout', () => {
  it('are found', () => {
    expect(documented.map(({ option }) => option).sort()).toEqual(['approximate', 'autoPromotion', 'dynamicStableScale', 'pingPong', 'progressDeadlineAbort']);
  });

  // Whether the nearest weight will do is seen in the waiver alone.
  it.each(documented)('are what comes when nothing is said: $option is $value', ({ owner, option, value }) => {
    const of = owner === 'RolloutCommon' ? 'CanaryOptions' : owner;
    expect(withoutUsual({ [option]: value }, of)).toEqual(withoutUsual({}, of));
  });

  it('are what prose says of the others', () => {
    expect(rolloutOf(canary({ steps })).spec.rollbackWindow).toEqual({ revisions: 5 });
    expect([undefined, '25%', 1, 0, '0%'].map((maxSurge) => rolloutOf(canary({ steps, ...(maxSurge !== undefined && { maxSurge }) })).spec.strategy?.canary?.maxUnavailable)).toEqual([0, 0, 0, undefined, undefined]);
  });
});
