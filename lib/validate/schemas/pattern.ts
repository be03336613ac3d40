const posix: Readonly<Record<string, string>> = { '[:alpha:]': 'A-Za-z', '[:alnum:]': 'A-Za-z0-9', '[:digit:]': '0-9', '[:lower:]': 'a-z', '[:upper:]': 'A-Z', '[:space:]': '\\s', '[:word:]': '\\w', '[:xdigit:]': '0-9A-Fa-f' };

const compiled = new Map<string, RegExp>();

/**
 * An RE2 pattern, as Kubernetes writes them, as a regular expression of JavaScript; read once.
 * @throws SyntaxError for what JavaScript cannot say, such as flags in the middle
 */
export function compilePattern(pattern: string): RegExp {
  let expression = compiled.get(pattern);
  if (expression === undefined) compiled.set(pattern, (expression = readPattern(pattern)));
  return expression;
}

function readPattern(pattern: string): RegExp {
  let source = pattern;
  let flags = '';
  const leading = /^(\^?)\(\?([ims]+)\)/.exec(source);
  if (leading !== null) {
    flags = leading[2] ?? '';
    source = `${leading[1] ?? ''}${source.slice(leading[0].length)}`;
  }
  source = source.replace(/\\A/g, '^').replace(/\\z/g, '$').replace(/\(\?P</g, '(?<');
  for (const [name, set] of Object.entries(posix)) source = source.replaceAll(name, set);
  return new RegExp(source, flags);
}
