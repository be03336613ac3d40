/** Whether a text may spread over several lines as a literal block, or has to stay on its line. */
export type TextForm = 'block' | 'line';

/** Starts with a letter, "/" or "$" and has nothing in it that could end it: a space or a colon only between two other characters; `e1` is a number to some. */
const surelyText = /^(?![eE][-+]?[0-9_]+$)[A-Za-z/$](?:[A-Za-z0-9_./@+=,()$-]|[ :](?=[A-Za-z0-9_./@+=,()$]))*$/;
/** What looks like text and is a boolean, a null or a number to some parser. */
const otherThanText = /^(?:y|n|yes|no|on|off|true|false|null|nil|none|nan|inf|infinity)$/i;
/** What a JSON string has to spell out beyond JSON's own rules: control, invisible and reordering characters, and non-characters. */
const toEscape = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/;
const allToEscape = new RegExp(toEscape, 'g');
/** A literal block may hold what needs no escape; line breaks are "\n" alone. */
const unfitForBlock = /[\u0000-\u0008\u000b-\u001f]/;
/** A line of spaces alone: parsers differ on what belongs to the indentation. */
const blankLine = /\n[ \t]+(?:\n|$)/;
/** Parsers take keys of at most 1,024 bytes on one line; a character has up to four. */
const longestKey = 250;
const halfPair = /[\ud800-\udfff]/u;

/** A text as YAML; undefined when it has half a surrogate pair, which no UTF-8 file can hold. */
export function yamlText(text: string, form: TextForm, depth: number): string | undefined {
  if (surelyText.test(text)) return text.length <= 8 && otherThanText.test(text) ? `"${text}"` : text;
  if (form === 'block' && text.includes('\n') && fitsBlock(text)) return literalBlock(text, depth);
  return quoted(text);
}

/** A key up to its colon, which stands on the next line (after `start`) when the key is longer than parsers take; undefined as in `yamlText`. */
export function yamlKey(key: string, start: string): string | undefined {
  const text = yamlText(key, 'line', 0);
  if (text === undefined) return undefined;
  return text.length <= longestKey ? `${text}:` : `? ${text}${start}:`;
}

/** A finite number such that YAML 1.1 and 1.2 read a number: an exponent goes with a point and a sign. */
export function yamlNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return text.includes('.') ? text : text.replace('e', '.0e');
}

function quoted(text: string): string | undefined {
  if (halfPair.test(text)) return undefined;
  const json = JSON.stringify(text);
  return toEscape.test(json) ? json.replace(allToEscape, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`) : json;
}

/**
 * The first line shows the indentation (it starts with neither space nor tab and isn't empty), no line is of spaces alone, at most one
 * line break ends the text, and no character needs an escape: then all parsers read the block as it stands.
 */
function fitsBlock(text: string): boolean {
  return !/^[ \t\n]/.test(text) && !text.endsWith('\n\n') && !unfitForBlock.test(text) && !toEscape.test(text) && !blankLine.test(text)
    && !halfPair.test(text);
}

function literalBlock(text: string, depth: number): string {
  const indent = `\n${'  '.repeat(depth)}`;
  const kept = text.endsWith('\n') ? text.slice(0, -1) : text;
  const lines = kept.replace(/\n(?=[^\n])/g, indent);
  return `${text.endsWith('\n') ? '|' : '|-'}${indent}${lines}`;
}
