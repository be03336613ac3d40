const simple: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What a quoted literal stands for, given what stands between its quotes; undefined where an escape is none of expr-lang's. */
export function unescapeText(literal: string, quote: string): string | undefined {
  // All line breaks are read as "\n".
  const text = literal.replace(/\r\n?/g, '\n');
  let result = '';
  for (let index = 0; index < text.length;) {
    const character = text[index] ?? '';
    if (character !== '\\') {
      result += character;
      index += 1;
      continue;
    }
    const escape = readEscape(text.slice(index + 1), quote);
    if (escape === undefined) return undefined;
    result += escape.text;
    index += 1 + escape.length;
  }
  return result;
}

interface Escape {
  readonly text: string;
  /** Characters after the backslash. */
  readonly length: number;
}

function readEscape(rest: string, quote: string): Escape | undefined {
  const kind = rest[0] ?? '';
  if (kind === quote) return { text: quote, length: 1 };
  if (Object.hasOwn(simple, kind)) return { text: simple[kind] ?? '', length: 1 };
  const braced = /^u\{([0-9a-fA-F]{1,6})\}/.exec(rest);
  if (braced !== null) return codePoint(Number.parseInt(braced[1] ?? '', 16), braced[0].length);
  const octal = /^[0-3][0-7]{2}/.exec(rest);
  if (octal !== null) return codePoint(Number.parseInt(octal[0], 8), 3);
  const length = hexLengths[kind];
  if (length === undefined) return undefined;
  const digits = rest.slice(1, 1 + length);
  return digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? codePoint(Number.parseInt(digits, 16), 1 + length) : undefined;
}

/** Halves of a surrogate pair have no bytes of their own: Go writes the replacement character. */
function codePoint(value: number, length: number): Escape | undefined {
  if (value > 0x10ffff) return undefined;
  return { text: value >= 0xd800 && value <= 0xdfff ? '\ufffd' : String.fromCodePoint(value), length };
}
