import { describe, expect, it } from 'vitest';
import { defaultRegion as ackRegion } from '../../lib/clusters/ack/ack.ts';
import { defaultSize as ackSize } from '../../lib/clusters/ack/node-pools.ts';
import { defaultRegion as doksRegion } from '../../lib/clusters/doks/doks.ts';
import { defaultSize as doksSize } from '../../lib/clusters/doks/node-pools.ts';
import { defaultRegion as eksRegion } from '../../lib/clusters/eks/eks.ts';
import { defaultSize as eksSize } from '../../lib/clusters/eks/node-groups.ts';
import { ackSchema } from '../../lib/model/infrastructure/ack.ts';
import { doksSchema } from '../../lib/model/infrastructure/doks.ts';
import { eksSchema } from '../../lib/model/infrastructure/eks.ts';
import { existingSchema } from '../../lib/model/infrastructure/existing.ts';
import { defaultNodes } from '../../lib/model/infrastructure/node-pool.ts';
import { at } from '../../lib/values/fields.ts';
import { textOf } from '../source-files.ts';

const pool = [{ name: 'workers' }];
/** What stands where nothing is said, by the interface that documents it. */
const real: Readonly<Record<string, unknown>> = {
  AckOptions: ackSchema.parse({ kind: 'ack' }),
  AckNewVpc: ackSchema.parse({ kind: 'ack' }).vpc,
  AckNodePoolInput: ackSchema.parse({ kind: 'ack', nodePools: pool }).nodePools[0],
  DoksOptions: doksSchema.parse({ kind: 'doks' }),
  DoksMaintenance: doksSchema.parse({ kind: 'doks' }).maintenance,
  EksOptions: eksSchema.parse({ kind: 'eks' }),
  EksNewVpc: eksSchema.parse({ kind: 'eks' }).vpc,
  EksNodePoolInput: eksSchema.parse({ kind: 'eks', nodePools: pool }).nodePools[0],
  ExistingOptions: existingSchema.parse({ kind: 'existing' }),
  NodePoolInput: doksSchema.parse({ kind: 'doks', nodePools: pool }).nodePools[0],
  NodeTaint: doksSchema.parse({ kind: 'doks', nodePools: [...pool, { name: 'b', taints: [{ key: 'x', effect: 'NoSchedule' }] }] }).nodePools[1]?.taints[0],
};

interface Documented {
  readonly of: string;
  readonly name: string;
  readonly comment: string;
}

/** Every optional field of an interface in a file, with what is said of it. */
function documented(file: string): Documented[] {
  const fields: Documented[] = [];
  let of = '';
  let comment = '';
  for (const line of textOf(file).split('\n')) {
    if (/^(export )?interface /.test(line)) of = /^export interface (\w+)/.exec(line)?.[1] ?? '';
    comment = /^ {2}\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? (line.startsWith('  readonly') ? comment : '');
    const name = /^ {2}readonly (\w+)\?:/.exec(line)?.[1];
    if (name !== undefined && of !== '') fields.push({ of, name, comment });
    if (line.startsWith('  readonly')) comment = '';
  }
  return fields;
}

const fields = ['ack', 'doks', 'eks', 'existing', 'node-pool'].flatMap((name) => documented(`lib/model/infrastructure/${name}.ts`));
/** A literal of the documentation, as data; undefined for a sentence. */
const literal = (text: string): unknown => (text.startsWith('- ') ? undefined : JSON.parse(text.replaceAll('\'', '"')));

describe('the options of providers', () => {
  it('each say what stands where nothing is said', () => {
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(({ comment }) => !/@default \S/.test(comment)).map(({ of, name }) => `${of}.${name}`)).toEqual([]);
  });

  it('have the defaults that they say', () => {
    const compared = fields.map(({ of, name, comment }) => ({ path: `${of}.${name}`, says: literal(/@default (.*)$/.exec(comment)?.[1] ?? ''), is: at(real[of], name) }));
    expect(compared.filter(({ says }) => says !== undefined).length).toBeGreaterThan(20);
    for (const { path, says, is } of compared) if (says !== undefined) expect(is, path).toEqual(says);
  });

  it('say what drives their cost, where they have one', () => {
    const costly = ['AckOptions.nodePools', 'AckOptions.vpc', 'AckOptions.publicApi', 'AckOptions.pro', 'AckOptions.kmsKey', 'AckNodePoolInput.diskGiB', 'DoksOptions.nodePools', 'DoksOptions.highAvailability', 'DoksOptions.registry', 'EksOptions.nodePools', 'EksOptions.vpc', 'EksOptions.kmsKey', 'EksOptions.logs', 'EksNewVpc.nat', 'EksNewVpc.zones', 'EksNodePoolInput.spot', 'EksNodePoolInput.diskGiB'];
    const said = fields.filter(({ comment }) => /\bCost\b/.test(comment)).map(({ of, name }) => `${of}.${name}`);
    expect(costly.filter((path) => !said.includes(path))).toEqual([]);
  });
});

describe('the table of providers in docs/clusters.md', () => {
  const row = (title: string): string[] => (new RegExp(`^\\| ${title} \\|(.*)\\|$`, 'm').exec(textOf('docs/clusters.md'))?.[1] ?? '').split('|').map((cell) => cell.trim());

  it('names the regions and machines that clusters get', () => {
    expect(row('region unless said').slice(0, 3)).toEqual([doksRegion, eksRegion, ackRegion].map((region) => `\`${region}\``));
    expect(row('workers unless said').slice(0, 3)).toEqual([doksSize, eksSize, ackSize].map((size) => `${defaultNodes} × \`${size}\``));
  });
});
