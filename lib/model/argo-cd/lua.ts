/** What is wrong with a Lua script of Argo CD as far as its text tells: Argo CD itself would only say so for each object. */
export function luaProblem(text: string): string | undefined {
  const code = withoutComments(text);
  if (code.trim() === '') return 'expected Lua, got nothing';
  if (!/\breturn\b/.test(code)) return 'expected Lua that returns something, got no `return`: Argo CD would judge nothing by it';
  if (!/\bobj\b|\bactions?\b/.test(code)) return 'expected Lua that looks at `obj`, got none of it';
  const opened = count(code, /\b(function|if|do)\b/g);
  const closed = count(code, /\bend\b/g);
  return opened === closed ? undefined : `expected an \`end\` for each of ${opened} blocks (function, if, do), got ${closed}`;
}

/** The code without strings and comments. */
function withoutComments(text: string): string {
  return text.replace(/--\[\[[\s\S]*?\]\]|--[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\[\[[\s\S]*?\]\]/g, (found) => (found.startsWith('--') ? ' ' : '""'));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
