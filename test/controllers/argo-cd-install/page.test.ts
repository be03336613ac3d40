import { describe, expect, it } from 'vitest';
import { textOf } from '../../source-files.ts';
import { argoCd, type ArgoCdOptions } from '../../../lib/model/argo-cd-options.ts';
import { problemsOf } from './richest.ts';
import { built } from './upstream.ts';

const samples = [...textOf('docs/argo-cd-install.md').matchAll(/```ts\n(argoCd\([\s\S]*?);\n```/g)].map((match) => match[1] ?? '');

describe('the page on installing Argo CD', () => {
  it('has samples', () => {
    expect(samples.length).toBeGreaterThan(6);
  });

  it.each(samples.map((sample) => [sample.split('\n').slice(0, 2).join(' '), sample]))('shows options that are right and fit: %s', (_, sample) => {
    const options = new Function('argoCd', `return ${sample}`)(argoCd) as { readonly kind: string } & ArgoCdOptions;
    expect(problemsOf(options)).toEqual([]);
    const { kind: _kind, ...given } = options;
    expect(built(given).objects.length).toBeGreaterThan(30);
  });
});
