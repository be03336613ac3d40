/** A number as fraction (0.5 up to 1) times a power of two. */
function split(value: number): readonly [number, number] {
  let exponent = Math.max(-1023, Math.floor(Math.log2(value)) + 1);
  let fraction = value * 2 ** -exponent;
  while (fraction < 0.5) {
    fraction *= 2;
    exponent -= 1;
  }
  while (fraction >= 1) {
    fraction /= 2;
    exponent += 1;
  }
  return [fraction, exponent];
}

/** A power as Go works it out: by squaring, with the exponent kept apart, so that the last digit is Go's. Only exponents with a fraction may differ there. */
export function power(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  if (base === -1 && Math.abs(exponent) === Infinity) return 1;
  const times = Math.abs(exponent);
  if (!Number.isInteger(exponent) || !Number.isFinite(base) || base === 0 || times > 2 ** 53) return base ** exponent;
  let result = 1;
  let resultExponent = 0;
  let [fraction, shift] = split(Math.abs(base));
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (Math.abs(shift) > 2 ** 12) {
      // Beyond what a floating number holds.
      const large = shift > 0 === exponent > 0;
      return withSign(large ? Infinity : 0, base, times);
    }
    if (left % 2 === 1) {
      result *= fraction;
      resultExponent += shift;
    }
    fraction *= fraction;
    shift *= 2;
    if (fraction < 0.5) {
      fraction += fraction;
      shift -= 1;
    }
  }
  const scaled = exponent < 0 ? scale(1 / result, -resultExponent) : scale(result, resultExponent);
  return withSign(scaled, base, times);
}

/** In steps that a floating number can hold. */
function scale(value: number, exponent: number): number {
  let scaled = value;
  let left = exponent;
  while (left > 1000) {
    scaled *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000) {
    scaled *= 2 ** -1000;
    left += 1000;
  }
  return scaled * 2 ** left;
}

function withSign(value: number, base: number, times: number): number {
  return base < 0 && times % 2 === 1 ? -value : value;
}
