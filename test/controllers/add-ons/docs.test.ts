import { expect, it } from 'vitest';
import { addOnNamespace, providedGroups } from '../../../lib/controllers/add-ons/folder.ts';
import { addOnNames, addOnVersions, chartAddOns } from '../../../lib/model/add-ons.ts';
import { textOf } from '../../source-files.ts';

it('the table in docs/add-ons.md says of every add-on what is installed', () => {
  const rows = textOf('docs/add-ons.md').split('\n').filter((line) => /^\| `/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));
  expect(rows).toEqual(addOnNames.map((name) => [name, addOnVersions[name], chartAddOns.includes(name) ? 'chart' : 'manifest', addOnNamespace({ name }).name, providedGroups({ name }).join(', ') || 'none']));
});
