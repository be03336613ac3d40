/** The characters that the part after a token's prefix is made of. */
export type TokenBody = 'alnum' | 'hex' | 'url' | 'dotted' | 'base64';

/** A kind of token that is known by how it starts. */
export interface TokenShape {
  /** What it is, as a message says it. */
  readonly what: string;
  /** How it starts: any of these. */
  readonly starts: readonly string[];
  /** The characters that follow the start. */
  readonly body: TokenBody;
  /** How many characters at least follow the start. */
  readonly least: number;
}
