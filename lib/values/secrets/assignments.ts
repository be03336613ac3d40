import { keyKind } from './keys.ts';
import { looksUpSecret } from './stand-ins.ts';

/** A line that sets something: `name = value`, `name: value`, `export NAME=value`, `X-Name: value`. */
const line = /^[ \t]*(?:-[ \t]+)?(?:export[ \t]+|set[ \t]+)?["']?([A-Za-z_][\w.-]*)["']?(?:[ \t]*(?::=|=>|=)[ \t]*|[ \t]*:[ \t]+)(\S.*?)[ \t]*[,;]?[ \t]*$/gm;
/** A setting inside a line: `"name": "value"`, `name=value`, `--name=value`, `;Name=value`. */
const inline = /["']?([A-Za-z_][\w.-]*)["']?(?:\s*[:=]\s*(["'])((?:(?!\2)[^\\\n]|\\.)*)\2|(?<![=!<>])=(?!=)([^\s"'&;,<>()[\]{}]+)([(\[]?))/g;
/** An option and its value as two words. */
const option = /(?:^|\s)--([a-z][a-z0-9-]*)\s+([^\s-]\S*)/g;
/** What every name of a secret has in it. */
const hint = /pass|pwd|secret|token|key|cred/i;

/** The name of the first setting in a configuration text that holds a secret; undefined when there is none. */
export function assignedSecret(text: string): string | undefined {
  if (!hint.test(text)) return undefined;
  for (const [whole, name = '', value = ''] of text.matchAll(line)) {
    if (!/^\s*[#;]|^\s*\/\//.test(whole) && isSecret(name, value)) return name;
  }
  for (const [, name = '', , quoted, bare, call] of withoutComments(text).matchAll(inline)) {
    if ((call ?? '') === '' && isSecret(name, quoted ?? bare ?? '')) return name;
    // A text inside a text: a connection string in JSON.
    const inside = quoted === undefined ? undefined : assignedSecret(quoted);
    if (inside !== undefined) return inside;
  }
  for (const [, name = '', value = ''] of text.matchAll(option)) if (isSecret(name, value)) return name;
  return undefined;
}

function isSecret(name: string, text: string): boolean {
  if (!hint.test(name) || keyKind(name) !== 'secret') return false;
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  const value = quoted?.[2] ?? text.replace(/\s+[#;].*$/, '');
  // Several words without quotes are a sentence; a bracket starts a list, a type or a block.
  if (quoted === null && /\s|^[[{(|>&*!]|[({\[]$/.test(value)) return false;
  return !looksUpSecret(value);
}

function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:[#;]|\/\/).*$/gm, '');
}
