/**
 * Whether a PromQL expression gives a single number: one made of numbers and of `scalar()`, `time()` and `pi()` alone. Everything else is a
 * vector, which is a list even where it has one element. Undefined where an argument outside a text hides what it is.
 */
export function isScalarQuery(query: string): boolean | undefined {
  const bare = withoutCalls(query.replace(/#[^\n]*/g, '').replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, ''));
  if (bare.includes('{{')) return undefined;
  return /\S/.test(bare) && /^(?:[\s()+\-*/%^<>=!]|\bbool\b|\b(?:inf|nan)\b|0x[\da-f]+|\d*\.?\d+(?:e[+-]?\d+)?|\d+\.)*$/i.test(bare);
}

/** The expression with a number in place of each call that gives one. */
function withoutCalls(text: string): string {
  const call = /\b(scalar|time|pi)\s*\(/.exec(text);
  if (call === null) return text;
  let depth = 0;
  for (let index = call.index + call[0].length - 1; index < text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (depth === 0) return `${text.slice(0, call.index)}1${withoutCalls(text.slice(index + 1))}`;
  }
  return text;
}
