import type { ResourceStatus, TrackedStatus } from './status.ts';

/** How a status is told. */
export interface StatusTextOptions {
  /** Whether words may be coloured; they say everything by themselves. */
  readonly colour: boolean;
  /** Whether the objects of each row are listed. */
  readonly tree: boolean;
}

const header = ['NAME', 'ENVIRONMENT', 'HEALTH', 'SYNC', 'REVISION', 'LAST RESULT', 'COMMIT', 'IMAGES', 'ADDRESSES'];
const shades: Readonly<Record<string, string>> = { Healthy: '32', Synced: '32', Succeeded: '32', Progressing: '33', Suspended: '33', Running: '33', OutOfSync: '33', Missing: '31', Degraded: '31', Failed: '31', Unknown: '35' };

/** Rows of one cluster after the other, the same columns whichever controller it has. */
export function describeStatus(rows: readonly TrackedStatus[], options: StatusTextOptions): string {
  const clusters = new Map<string, TrackedStatus[]>();
  for (const row of rows) clusters.set(row.cluster, [...(clusters.get(row.cluster) ?? []), row]);
  return [...clusters].map(([cluster, own]) => [`${cluster} (${own[0]?.controller ?? ''})`, ...table(own, options)].join('\n')).join('\n\n');
}

function table(rows: readonly TrackedStatus[], options: StatusTextOptions): string[] {
  const cells = [header, ...rows.map(cellsOf)];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[], coloured: boolean): string => `  ${row.map((cell, column) => (coloured ? shade(cell, options.colour) : cell) + ' '.repeat((widths[column] ?? 0) - cell.length)).join('  ')}`.trimEnd();
  return [line(header, false), ...rows.flatMap((row, index) => [line(cells[index + 1] ?? [], true), ...detailsOf(row, options)])];
}

function cellsOf(row: TrackedStatus): string[] {
  return [
    row.app ?? row.name,
    row.environment ?? '-',
    row.health,
    `${row.sync}${row.byHand ? ' (by hand)' : ''}`,
    row.revision?.slice(0, 7) ?? '-',
    row.result === undefined ? '-' : `${row.result.phase}${row.result.at === undefined ? '' : ` ${row.result.at}`}`,
    row.commit === undefined ? '-' : shortened(`${row.commit.author}: ${row.commit.subject}`, 60),
    row.images.length === 0 ? '-' : row.images.map((image) => image.replace(/@sha256:([0-9a-f]{8})[0-9a-f]*/, '@$1')).join(' '),
    row.addresses.length === 0 ? '-' : row.addresses.join(' '),
  ];
}

function detailsOf(row: TrackedStatus, options: StatusTextOptions): string[] {
  const told = [...row.problems, ...(row.result?.phase === 'Failed' && row.result.message !== undefined ? [row.result.message] : [])];
  const problems = [...new Set(told)].filter((each) => !told.some((other) => other !== each && other.includes(each))).map((text) => `      ${text.replaceAll('\n', ' ')}`);
  if (options.tree) return [...problems, ...row.resources.flatMap((resource) => treeLines(resource, '      ', options))];
  const notes = row.resources.filter(({ health, sync }) => health !== 'Healthy' || sync === 'OutOfSync').map((resource) => `      ${resourceLine(resource, options)}`);
  return [...problems, ...notes];
}

function treeLines(resource: ResourceStatus, indent: string, options: StatusTextOptions): string[] {
  return [`${indent}${resourceLine(resource, options)}`, ...resource.children.flatMap((child) => treeLines(child, `${indent}  `, options))];
}

function resourceLine({ kind, name, health, note, sync }: ResourceStatus, { colour }: StatusTextOptions): string {
  return `${kind}/${name} ${shade(health, colour)}${sync === 'OutOfSync' ? `, ${shade('OutOfSync', colour)}` : ''}${note === undefined ? '' : `: ${note.replaceAll('\n', ' ')}`}`;
}

function shade(cell: string, colour: boolean): string {
  const code = shades[cell.split(' ')[0] ?? ''];
  return colour && code !== undefined ? `\u001b[${code}m${cell}\u001b[0m` : cell;
}

function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** Whether everything works and is as Git says. */
export function isAllWell(rows: readonly TrackedStatus[]): boolean {
  return rows.every(({ health, sync }) => health === 'Healthy' && sync === 'Synced');
}
