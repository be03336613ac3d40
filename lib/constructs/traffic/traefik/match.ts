import type { IngressPath } from '../../network/ingress-options.ts';

/** Paths of an Ingress as a rule of Traefik: whole segments for a prefix, as an Ingress has it. */
export function matchOf(hosts: readonly string[], paths: readonly IngressPath[]): string {
  return `${anyOf(hosts.map(hostMatch))} && ${anyOf(paths.map(pathMatch))}`;
}

function hostMatch(host: string): string {
  return host.startsWith('*.') ? `HostRegexp(${quoted(`^[^.]+\\.${host.slice(2).replaceAll('.', '\\.')}$`)})` : `Host(${quoted(host)})`;
}

function pathMatch({ path = '/', pathType = 'Prefix' }: IngressPath): string {
  if (pathType === 'Exact') return `Path(${quoted(path)})`;
  const bare = path.replace(/\/+$/, '');
  if (pathType === 'ImplementationSpecific' || bare === '') return `PathPrefix(${quoted(path)})`;
  return `(Path(${quoted(bare)}) || PathPrefix(${quoted(`${bare}/`)}))`;
}

function anyOf(parts: readonly string[]): string {
  const [only = ''] = parts;
  return parts.length === 1 ? only : `(${parts.join(' || ')})`;
}

/** Traefik takes text in backquotes as it stands. */
function quoted(text: string): string {
  return `\`${text}\``;
}
