import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { assembleFleet } from '../../lib/model/assemble.ts';
import { fileText } from '../../lib/manifests/text.ts';
import { renderChecked } from '../../lib/synth/checked.ts';
import { draft, sourcesOf } from '../model/sources.ts';
import { textOf } from '../source-files.ts';
import app from './hello-tornado.ts';

describe('an existing Deployment, Service and kustomization', () => {
  it('are reproduced field for field by an app file of at most 15 lines', () => {
    expect(textOf('test/takeover/hello-tornado.ts').trimEnd().split('\n').length).toBeLessThanOrEqual(15);
    const edited = draft();
    (edited.environments['prod'] as Record<string, unknown>)['images'] = { digests: 'optional' };
    edited.pins['prod'] = 'images:\n  - name: hello-tornado\n    newName: registry.example/team/hello-tornado\n    newTag: 1.0.3\n';
    const sources = sourcesOf(edited);
    const { fleet, problems } = assembleFleet({ ...sources, apps: [{ file: 'apps/hello-tornado.ts', value: app }] });
    expect(problems).toEqual([]);
    const { kept, findings } = renderChecked(fleet, { environments: ['prod'] }, (unit) => unit);
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    const files = kept.find((unit) => unit.id === 'apps/prod/hello-tornado')?.files ?? [];
    expect(files.map((file) => file.path.split('/').at(-1))).toEqual(['deployment-hello-tornado.yaml', 'kustomization.yaml', 'service-hello-tornado.yaml']);
    const read = files.map((file) => load(fileText(file)) as { readonly kind: string });
    const order = ['Deployment', 'Service', 'Kustomization'];
    expect(read.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))).toEqual(loadAll(textOf('test/takeover/existing.yaml')));
  });
});
