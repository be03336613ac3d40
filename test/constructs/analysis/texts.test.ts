import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsIn, strangeTags, textsIn, withArguments } from '../../../lib/constructs/analysis/texts.ts';

describe('arguments in a text', () => {
  it.each<[string, string[], string[]]>([
    ['http://{{args.service}}.{{ args.namespace }}', ['service', 'namespace'], []],
    ['sum(rate(x{a="{{args.a}}"}[2m])) / sum(rate(x{a="b"}[2m]))', ['a'], []],
    ['{{ user }} {{args.a}}', ['a'], ['{{ user }}']],
    // The controller looks for the leftmost two braces: here it reads `{args.selector`.
    ['up{{{args.selector}}}', [], ['{{{args.selector}}']],
    ['up{ {{args.selector}} }', ['selector'], []],
    ['{{args.a', [], ['{{args.a']],
    ['{{args.a b}} {{}} {{ args. }}', [], ['{{args.a b}}', '{{}}', '{{ args. }}']],
    ['a }} b', [], []],
    ['{{args.a}}}}', ['a'], []],
    ['{ { args.a } }', [], []],
  ])('of %j', (text, names, strange) => {
    expect(argumentsIn(text)).toEqual(names);
    expect(strangeTags(text)).toEqual(strange);
  });

  it('are replaced where they have a value', () => {
    expect(withArguments('{{args.a}}-{{ args.b }}-{{ x }}-{{args.c}}', (name) => ({ a: '1', b: '' })[name])).toBe('1--{{ x }}-{{args.c}}');
  });

  it('leave nothing behind in any text of which nothing strange was told', () => {
    const piece = fc.oneof(fc.constantFrom('{', '}', '{{', '}}', '{{args.a}}', '{{ args.b }}', 'args.a', ' ', '"', '\n'), fc.string({ maxLength: 3 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const filled = withArguments(text, () => '\u0000');
      if (strangeTags(text).length > 0) return;
      // Each argument became one mark; between the marks no two opening braces are left in a row.
      expect(filled.split('\u0000').length - 1).toBe(argumentsIn(text).length + (text.split('\u0000').length - 1));
      expect(filled.split('\u0000').some((part) => part.includes('{{'))).toBe(false);
    }));
  });
});

it('texts of data are found wherever they are, with their path', () => {
  expect(textsIn({ a: 'x', b: [1, { c: 'y' }], d: null, e: true })).toEqual([{ path: ['a'], text: 'x' }, { path: ['b', 1, 'c'], text: 'y' }]);
});
