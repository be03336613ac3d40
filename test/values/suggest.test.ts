import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from '../../lib/values/suggest.ts';

describe('suggestions', () => {
  it('names the near candidate and then all of them, sorted', () => {
    expect(didYouMean('pord', ['prod', 'staging', 'dev'])).toBe(' Did you mean "prod"? Known: dev, prod, staging.');
    expect(didYouMean('Staging', new Set(['dev', 'staging']))).toBe(' Did you mean "staging"? Known: dev, staging.');
  });

  it('asks nothing when no candidate is near, and says when there are none', () => {
    expect(didYouMean('zebra', ['prod', 'dev', 'prod'])).toBe(' Known: dev, prod.');
    expect(didYouMean('zebra', [])).toBe(' There are none.');
  });

  it('allows one slip in a short word and a third of a long one', () => {
    expect(nearest('dv', ['dev'])).toBe('dev');
    expect(nearest('xy', ['dev'])).toBeUndefined();
    expect(nearest('replcias', ['replica', 'replicas'])).toBe('replicas');
    expect(nearest('imagePullSecret', ['image', 'imagePullSecrets'])).toBe('imagePullSecrets');
    expect(nearest('abcdef', ['uvwxyz'])).toBeUndefined();
  });

  it('finds a word again after one insertion, removal, replacement or swap', () => {
    const words = ['deployment', 'statefulset', 'cronjob', 'service'];
    fc.assert(fc.property(fc.constantFrom(...words), fc.nat(), fc.constantFrom('insert', 'remove', 'replace', 'swap'), (word, place, slip) => {
      const at = place % (word.length - 1);
      const [before, a = '', b = '', after] = [word.slice(0, at), word[at], word[at + 1], word.slice(at + 2)];
      const slipped = { insert: `${before}${a}q${b}${after}`, remove: `${before}${b}${after}`, replace: `${before}q${b}${after}`, swap: `${before}${b}${a}${after}` }[slip];
      expect(nearest(slipped, words)).toBe(word);
    }));
  });
});
