import { describe, expect, it } from 'vitest';
import { isScalarQuery } from '../../../lib/validate/rollouts/scalar-query.ts';

describe('a query gives a single number', () => {
  it.each([
    'scalar(sum(rate(x[5m])))', ' 1 + 2 ', 'scalar(up{job="a)"}) / scalar(down) * 100', 'time() - 3600', '(scalar(a) > bool 3)', '-1.5e3', '0x1F', 'pi()', 'NaN', '1 # sum(x)',
  ])('of %j', (query) => expect(isScalarQuery(query)).toBe(true));

  it.each([
    'up', 'sum(rate(x[5m]))', 'vector(1)', 'scalar(up) + up', 'sum(x) or vector(0)', 'x{a="scalar(1)"}', 'time(', '', 'scalar_total', 'my_time()', 'up{job="{{args.job}}"}',
  ])('but not of %j', (query) => expect(isScalarQuery(query)).toBe(false));

  it('as far as is known: an argument may be anything', () => {
    expect(isScalarQuery('{{args.query}}')).toBe(undefined);
    expect(isScalarQuery('scalar({{args.query}})')).toBe(true);
  });
});
