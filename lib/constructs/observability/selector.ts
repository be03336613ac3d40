/** A selector of PromQL: `{namespace="shop", pod=~"web-.*"}`; a value that isn't said is left out. */
export function selectorOf(labels: Readonly<Record<string, string | RegExp | undefined>>): string {
  const parts = Object.entries(labels).flatMap(([name, value]) => value === undefined
    ? []
    : [typeof value === 'string' ? `${name}=${JSON.stringify(value)}` : `${name}=~${JSON.stringify(value.source)}`]);
  return `{${parts.join(', ')}}`;
}
