/** A value of an attribute. */
type Attribute = number | string | undefined;

/** An element; what it holds must be escaped already. */
export function element(name: string, attributes: Readonly<Record<string, Attribute>>, content = ''): string {
  const said = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`])).join('');
  return content === '' ? `<${name}${said}/>` : `<${name}${said}>${content}</${name}>`;
}

/** A text at a place. */
export function label(x: number, y: number, text: string, kind: string, more: Readonly<Record<string, Attribute>> = {}): string {
  return element('text', { x, y, class: kind, ...more }, escaped(text));
}

/** What is shown when the pointer rests on an element. */
export function hint(text: string): string {
  return element('title', {}, escaped(text));
}

/** A text that can stand anywhere. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** How wide a text is, more or less: there is nothing to measure it by. */
export function widthOf(text: string, size = 11): number {
  return text.length * size * 0.56;
}

/** A text that fits into a width, cut where it doesn't; empty where hardly anything would be left. */
export function fitted(text: string, width: number, size = 11): string {
  if (widthOf(text, size) <= width) return text;
  const letters = Math.floor(width / (size * 0.56)) - 1;
  return letters < 3 ? '' : `${text.slice(0, letters)}…`;
}
