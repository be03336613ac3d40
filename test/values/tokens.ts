import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Seeded } from './seeded.ts';

/**
 * Shapes of tokens as name and template: `<alphabet:length>` is drawn at random, `<base64:…>` encodes what stands in it, and `|` only splits a
 * token's mark, so that no file holds one whole.
 */
export const tokenTemplates = z.array(z.tuple([z.string(), z.string()]))
  .parse(JSON.parse(readFileSync(new URL('corpus/token-shapes.json', import.meta.url), 'utf8')));

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alphabets: Readonly<Record<string, string>> = {
  hex: `${digits}abcdef`, HEX: `${digits}ABCDEF`, dig: digits, alpha: lower + upper, a62: lower + upper + digits, low: lower + digits, UP: upper + digits,
  B32: `${upper}234567`, low32: `${lower}234567`, b64: `${lower}${upper}${digits}+/`, b64u: `${lower}${upper}${digits}-_`, bech: 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L',
};

/** A token of a shape, different for every seed. */
export function buildToken(template: string, random: Seeded): string {
  return fill(template.replaceAll('|', ''), random);
}

function fill(template: string, random: Seeded): string {
  const encoded = template.indexOf('<base64:');
  if (encoded >= 0) {
    const end = closing(template, encoded);
    const inner = Buffer.from(fill(template.slice(encoded + 8, end), random)).toString('base64');
    return `${fill(template.slice(0, encoded), random)}${inner}${fill(template.slice(end + 1), random)}`;
  }
  return template.replace(/<(\w+)(?::(\d+))?>/g, (_, name: string, length: string | undefined) => {
    if (name === 'uuid') return [8, 4, 4, 4, 12].map((part) => random.text(alphabets['hex'] ?? '', part)).join('-');
    const alphabet = alphabets[name];
    if (alphabet === undefined || length === undefined) throw new Error(`unknown part <${name}> of a token's template`);
    return random.text(alphabet, Number(length));
  });
}

function closing(template: string, open: number): number {
  let depth = 0;
  for (let index = open; index < template.length; index++) {
    if (template[index] === '<') depth++;
    if (template[index] === '>' && --depth === 0) return index;
  }
  throw new Error('unclosed part of a token\'s template');
}
