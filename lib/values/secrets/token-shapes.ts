import { isMixed, randomBits } from './randomness.ts';
import { cloudShapes } from './shapes-cloud.ts';
import { codeShapes } from './shapes-code.ts';
import { serviceShapes } from './shapes-services.ts';
import type { TokenBody, TokenShape } from './token-shape.ts';

const bodies: Readonly<Record<TokenBody, RegExp>> = {
  alnum: /[A-Za-z0-9]*/y,
  hex: /[0-9A-Fa-f]*/y,
  url: /[A-Za-z0-9_-]*/y,
  dotted: /[A-Za-z0-9_.~-]*/y,
  base64: /[A-Za-z0-9+/=%_-]*/y,
};

interface Start {
  readonly text: string;
  readonly shape: TokenShape;
}

const allShapes: readonly TokenShape[] = [...codeShapes, ...cloudShapes, ...serviceShapes];
const startsByFirstCode: readonly (readonly Start[] | undefined)[] = indexStarts();

/** The kind of the first token in a text that is known by how it starts; undefined when there is none. */
export function knownToken(text: string): string | undefined {
  let insideWord = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const starts = insideWord ? undefined : startsByFirstCode[code];
    if (starts !== undefined) {
      for (const start of starts) if (text.startsWith(start.text, index) && hasBody(text, index + start.text.length, start.shape)) return start.shape.what;
    }
    insideWord = (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
  }
  return undefined;
}

/** Long enough, and drawn at random: `ghp_xxxx…` and `glpat-your-token-goes-here` only show what a token looks like. */
function hasBody(text: string, at: number, shape: TokenShape): boolean {
  const pattern = bodies[shape.body];
  pattern.lastIndex = at;
  const body = pattern.exec(text)?.[0] ?? '';
  if (body.length < shape.least || !isMixed(body)) return false;
  return shape.body === 'hex' || randomBits(body) > -12 || (body.match(/[0-9]/g)?.length ?? 0) >= body.length / 4;
}

function indexStarts(): (Start[] | undefined)[] {
  const index: (Start[] | undefined)[] = new Array<Start[] | undefined>(128).fill(undefined);
  for (const shape of allShapes) {
    for (const text of shape.starts) {
      const code = text.charCodeAt(0);
      (index[code] ??= []).push({ text, shape });
    }
  }
  return index;
}
