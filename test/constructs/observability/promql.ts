/** What is wrong with the form of a PromQL expression: brackets, quotes, selectors and ranges. Not a parser: it finds what a template gets wrong. */
export function promqlProblems(expression: string): string[] {
  const problems: string[] = [];
  const open: string[] = [];
  const closers: Readonly<Record<string, string>> = { ')': '(', '}': '{', ']': '[' };
  let bare = '';
  for (let index = 0; index < expression.length; index++) {
    const character = expression[index] ?? '';
    if (character === '"') {
      const text = /^"(?:[^"\\\n]|\\["\\abfnrtv]|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4})*"/.exec(expression.slice(index))?.[0];
      if (text === undefined) return [...problems, `a string that doesn't end, or a bad escape, at ${index}`];
      index += text.length - 1;
      bare += '""';
      continue;
    }
    bare += character;
    if ('({['.includes(character)) open.push(character);
    const opener = closers[character];
    if (opener !== undefined && open.pop() !== opener) problems.push(`${character} without ${opener} at ${index}`);
  }
  if (open.length > 0) problems.push(`${open.join(' ')} not closed`);
  for (const [, selector = ''] of bare.matchAll(/\{([^{}]*)\}/g)) {
    if (!/^([a-zA-Z_][a-zA-Z0-9_]*(=~|=|!=|!~)""(, [a-zA-Z_][a-zA-Z0-9_]*(=~|=|!=|!~)"")*)?$/.test(selector)) problems.push(`a selector of another form: {${selector}}`);
  }
  for (const [, range = ''] of bare.matchAll(/\[([^[\]]*)\]/g)) {
    if (!/^([0-9]+(ms|[smhdwy]))+$/.test(range)) problems.push(`a range of another form: [${range}]`);
  }
  if (/undefined|NaN|\[object|\/\^/.test(expression)) problems.push('a value of JavaScript\'s');
  if (!/(>=|<=|==|!=|>|<)/.test(bare)) problems.push('no comparison: it would always be true');
  return problems;
}
