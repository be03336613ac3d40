import { describe, expect, it } from 'vitest';
import { newestBuild, newestTag, newestVersion } from '../../lib/model/image-automation.ts';
import { held, markersFor, withMarkers } from '../../lib/model/pin-markers.ts';
import type { Draft } from './sources.ts';
import { problemsAfter } from '../controllers/hosted.ts';

const path = 'environments/images/dev/kustomization.yaml';
const images = ['flask-api', 'hello-tornado', 'storefront'];

/** Asks for automation in dev, which runs on Flux, and marks every pin. */
function automated(drafted: Draft, automation: object = {}): void {
  drafted.environments['dev']!['images'] = { automation };
  drafted.fleet['configRepo'] = { url: 'git@github.com:acme/config.git', credential: { kind: 'deploy-key' } };
  for (const image of images) drafted.pins['dev'] = withMarkers(path, drafted.pins['dev']!, image, markersFor('dev', image));
}

/** Asks for it in staging, which runs on Argo CD and takes tags alone. */
function onArgoCd(drafted: Draft, automation: object = {}, digests = 'optional'): void {
  drafted.environments['staging']!['images'] = { automation, digests };
  drafted.clusters['staging']!['controller'] = { kind: 'argo-cd', imageAutomation: true };
  drafted.fleet['configRepo'] = { url: 'git@github.com:acme/config.git', credential: { kind: 'deploy-key' } };
}

const first = (problems: readonly string[]): string[] => problems.map((problem) => problem.split('\n')[0] ?? '');

describe('image automation', () => {
  it('is fine with one host, a config repo, a credential and a marker at each pin', () => {
    expect(problemsAfter((draft) => automated(draft))).toEqual([]);
    expect(problemsAfter((draft) => onArgoCd(draft))).toEqual([]);
  });

  it('needs just one cluster that writes', () => {
    const none = problemsAfter((draft) => { automated(draft); draft.clusters['dev']!['controller'] = { kind: 'flux' }; });
    expect(none).toEqual([expect.stringContaining('expected a cluster that writes the pins of dev, got none\n    fix: write imageAutomation: true into the controller of one of dev')]);
    const two = problemsAfter((draft) => {
      automated(draft);
      draft.clusters['dev-2'] = { ...draft.clusters['dev'], name: 'dev-2' };
      draft.environments['dev']!['clusters'] = [draft.clusters['dev'], draft.clusters['dev-2']];
    });
    expect(first(two)).toEqual(['environments/dev.ts: images.automation: expected one cluster that writes the pins of dev, got dev, dev-2']);
  });

  it('needs a config repo with a credential that may write', () => {
    expect(first(problemsAfter((draft) => { automated(draft); delete draft.fleet['configRepo']; }))).toEqual(['environments/dev.ts: images.automation: expected a config repo to which the pins are written, got none']);
    expect(first(problemsAfter((draft) => { automated(draft); draft.fleet['configRepo'] = { url: 'git@github.com:acme/config.git' }; }))).toEqual(['environments/dev.ts: images.automation: expected a config repo with a credential that may write, got none']);
  });

  it('misses the marker of an image, and finds one at an image that is held', () => {
    const [marked, bare] = [markersFor('dev', 'storefront'), markersFor('staging', 'storefront')];
    expect(first(problemsAfter((draft) => { automated(draft); draft.pins['dev'] = draft.pins['dev']!.replace(/ # .*dev-storefront:tag.*/, ''); }))).toEqual([`${path}: storefront: expected Flux's markers at newTag and digest of "storefront", got ${marked.digest}`]);
    expect(first(problemsAfter((draft) => { automated(draft); draft.pins['dev'] = withMarkers(path, draft.pins['dev']!, 'storefront', bare); }))).toEqual([`${path}: storefront: expected Flux's markers at newTag and digest of "storefront", got ${bare.newTag} and ${bare.digest}`]);
    expect(first(problemsAfter((draft) => { automated(draft); draft.pins['dev'] = `# slipway:hold storefront bad\n${draft.pins['dev']!}`; }))).toEqual([`${path}: storefront: expected no marker at "storefront", which is held, got ${marked.newTag} and ${marked.digest}: Flux would write it`]);
    expect(problemsAfter((draft) => { automated(draft); draft.pins['dev'] = held(path, draft.pins['dev']!, 'storefront', 'bad'); })).toEqual([]);
  });

  it('leaves an excluded image alone, which then must have no marker', () => {
    expect(first(problemsAfter((draft) => automated(draft, { images: { storefront: false } })))).toEqual([expect.stringMatching(/expected no marker at "storefront", which isn't automated/)]);
  });

  it('knows only images and holds of apps that run there', () => {
    const problems = problemsAfter((draft) => { automated(draft, { images: { storefrnt: newestBuild() } }); draft.pins['dev'] = `# slipway:hold flsk-api\n${draft.pins['dev']!}`; });
    expect(problems).toEqual([expect.stringContaining('Did you mean "storefront"?'), expect.stringContaining('Did you mean "flask-api"?')]);
  });

  it('checks patterns against sample tags before any registry is asked', () => {
    const problems = problemsAfter((draft) => automated(draft, { newest: newestTag({ pattern: 'main-([0-9]+)', extract: '$1', order: 'numerical', samples: { wins: 'main-10', loses: ['main-9'], never: ['tmp-main-11'] } }) }));
    expect(first(problems)).toEqual(['environments/dev.ts: images.automation.newest: expected "tmp-main-11" never to be chosen, but it matches']);
    expect(first(problemsAfter((draft) => automated(draft, { newest: newestTag({ pattern: '(?!tmp)main', order: 'alphabetical', samples: { wins: 'main' } }) })))).toEqual([expect.stringContaining('expected a pattern of RE2, got "(?!tmp)main"')]);
    expect(first(problemsAfter((draft) => automated(draft, { newest: newestVersion('latest') })))).toEqual([expect.stringContaining('expected a range of versions')]);
  });

  describe('by Argo CD Image Updater', () => {
    it.each<[string, (draft: Draft) => void, string]>([
      ['digests that are required', (draft) => onArgoCd(draft, {}, 'required'), 'whose Image Updater writes the tag alone'],
      ['a number out of the tag', (draft) => onArgoCd(draft, { newest: newestTag({ pattern: '^b-(?P<n>[0-9]+)$', extract: '$n', order: 'numerical', samples: { wins: 'b-2', loses: ['b-1'] } }) }), 'expected whole tags to be compared, got an extract'],
      ['a range of two parts', (draft) => onArgoCd(draft, { newest: newestVersion('>=1.0.0 <2.0.0') }), 'expected a range of one part, such as "~1.2" or "1.x"'],
      ['a cloud identity', (draft) => { onArgoCd(draft); draft.environments['staging']!['registry'] = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'; }, 'expected a pull secret, got the workload identity of aws'],
      ['CodeCommit', (draft) => { onArgoCd(draft); draft.fleet['configRepo'] = { url: 'https://git-codecommit.eu-central-1.amazonaws.com/v1/repos/config', credential: { kind: 'codecommit' } }; }, 'got codecommit'],
      ['Flux\'s markers', (draft) => { onArgoCd(draft); draft.pins['staging'] = withMarkers(path, draft.pins['staging']!, 'storefront', markersFor('staging', 'storefront')); }, 'expected no Flux markers where Argo CD Image Updater writes, got some at storefront'],
    ])('is refused with %s, which only Flux can, and says so', (_, edit, message) => {
      const problems = problemsAfter(edit);
      expect(problems).toEqual([expect.stringContaining(message)]);
      expect(problems[0]).toMatch(/run the automation on a cluster with Flux|remove the comments/);
    });

    it('takes builds, one version range, and the alphabet', () => {
      for (const newest of [newestBuild('release'), newestVersion('~1.2'), newestTag({ pattern: '^[0-9-]+$', order: 'alphabetical', samples: { wins: '2026-11-21', loses: ['2026-11-20'] } })]) expect(problemsAfter((draft) => onArgoCd(draft, { newest }))).toEqual([]);
    });
  });
});
