import { letterOf, pairCost } from './letter-pairs.ts';

/** Runs of the characters that keys and tokens are made of. */
const run = /[A-Za-z0-9+/_-]{20,}/g;
const hexadecimal = /^(?:[0-9a-f]{32}[0-9a-f-]*|[0-9A-F]{32}[0-9A-F-]*)$/;
const fewLetters = /[A-Za-z](?:.*?[A-Za-z]){3}/;
const digit = 26;
const separator = 27;

/** How many bits likelier a text must be as random characters than as words to count as random. */
export const randomEnough = 18;

/** The longest run of characters that look drawn at random; undefined when there is none. */
export function randomRun(text: string, enough: number = randomEnough): string | undefined {
  if (text.length < 20) return undefined;
  let longest: string | undefined;
  for (const [found] of text.matchAll(run)) {
    for (const part of found.includes('/') ? pathParts(found) : [found]) {
      if (part.length >= 20 && part.length > (longest?.length ?? 0) && isRandom(part, enough)) longest = part;
    }
  }
  return longest;
}

/** Whether a run of letters, digits and separators looks drawn at random rather than written. */
export function isRandom(text: string, enough: number = randomEnough): boolean {
  if (!isMixed(text) || !fewLetters.test(text)) return false;
  return hexadecimal.test(text) || randomBits(text) >= enough;
}

/**
 * Bits by which random characters explain a text better than words do: for each character what it costs after the one before it in names
 * and words, less what it costs when any is as likely. With both cases a change of case counts too.
 */
export function randomBits(text: string): number {
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text);
  const letterCost = mixed ? 4.95 : 5.17;
  const digitCost = mixed ? 2.63 : 1.85;
  let bits = 0;
  let before = separator;
  let wasUpper = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const letter = letterOf(code);
    bits += pairCost(before, letter) - (letter === digit ? digitCost : letter === separator ? 5 : letterCost);
    const upper = code >= 0x41 && code <= 0x5a;
    if (mixed && letter < digit && before < digit) bits += upper === wasUpper ? -0.77 : 1.7;
    before = letter;
    wasUpper = upper;
  }
  return bits;
}

/** Neither one character over and over nor the alphabet in order. */
export function isMixed(text: string): boolean {
  if (new Set(text).size < 8) return false;
  let steps = 0;
  for (let index = 1; index < text.length; index++) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (step === 1 || step === 0 || step === -1) steps++;
  }
  return steps < text.length / 2;
}

/** A path's segments are judged one by one; a run of base64 has no word between its slashes. */
function pathParts(text: string): readonly string[] {
  const parts = text.split('/');
  const isPath = parts.some((part) => /^[a-z]{4,}$|^[a-z]+(?:[-_][a-z]+)+$/.test(part) && randomBits(part) < 0);
  return isPath ? parts.filter((part) => !/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(part)) : [text];
}
