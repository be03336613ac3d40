import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlipwayError } from '../../lib/values/errors.ts';
import { compareQuantities, cpuMillis, memoryBytes, parseQuantity, quantityProblem } from '../../lib/values/quantity.ts';
import { goAnswers } from './go-answers.ts';

describe('quantities', () => {
  it.each(goAnswers.quantities)('reads %j as apimachinery does', (text, nano) => {
    expect(parseQuantity(text)?.nano.toString() ?? null).toBe(nano);
    expect(quantityProblem(text) === undefined).toBe(nano !== null);
  });

  it('refuses what Go takes by accident or at any cost: no digit, a huge exponent, an endless text', () => {
    for (const text of ['+', '.', 'Ki', '-M', '1e101', '1e-101', '1e999999999999', '1'.repeat(201)]) {
      expect(parseQuantity(text), text).toBeUndefined();
    }
    expect(parseQuantity('1e100')).toBeDefined();
  });

  it('converts to thousandths of a core and to bytes, rounding up', () => {
    expect([cpuMillis('1'), cpuMillis('250m'), cpuMillis('0.0001'), cpuMillis('1e-1'), cpuMillis('-1.5')]).toEqual([1000, 250, 1, 100, -1500]);
    expect([memoryBytes('512Mi'), memoryBytes('1k'), memoryBytes('100m'), memoryBytes('1.5Gi')]).toEqual([536870912, 1000, 1, 1610612736]);
  });

  it('orders by amount whatever the suffix', () => {
    expect(['1Gi', '1G', '1000Mi', '1e9', '1'].sort(compareQuantities)).toEqual(['1', '1G', '1e9', '1000Mi', '1Gi']);
    expect(compareQuantities('1000m', '1')).toBe(0);
  });

  it('throws with what was expected and what came', () => {
    expect(() => cpuMillis('1 core')).toThrow(SlipwayError);
    expect(() => memoryBytes('512MB')).toThrow('expected a Kubernetes quantity such as 250m, 1.5 or 512Mi (suffixes n u m k M G T P E Ki Mi Gi Ti Pi Ei, or an exponent such as e3), got "512MB"');
    expect(() => compareQuantities('1', 'x')).toThrow(SlipwayError);
  });

  it('never throws on any text, and agrees with itself on sign and sum', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9]{1,12}(\.[0-9]{0,12})?(m|Ki|E|e-3)?$/)), (text) => {
      const quantity = parseQuantity(text);
      expect(quantity === undefined).toBe(quantityProblem(text) !== undefined);
      if (quantity === undefined || /^[-+]/.test(text)) return;
      expect(parseQuantity(`-${text}`)?.nano).toBe(-quantity.nano);
      expect(compareQuantities(text, `+${text}`)).toBe(0);
    }));
  });
});
