const encoded = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const printable = /^[\t\n\r\x20-\x7e\u00a0-\uffff\u{10000}-\u{10ffff}]*$/u;

/** A run of base64 and the text in it. */
export interface Encoded {
  readonly run: string;
  readonly text: string;
}

/** The runs of base64 that hold readable text. */
export function readableBase64(text: string): Encoded[] {
  const found: Encoded[] = [];
  for (const [run] of text.matchAll(encoded)) {
    const decoded = decode(run);
    if (decoded !== undefined) found.push({ run, text: decoded });
  }
  return found;
}

/** Random bytes are hardly ever valid UTF-8 without a control character. */
function decode(run: string): string | undefined {
  const bytes = Buffer.from(run, 'base64');
  if (bytes.length < 10) return undefined;
  const text = bytes.toString('utf8');
  return !text.includes('\ufffd') && printable.test(text) ? text : undefined;
}
