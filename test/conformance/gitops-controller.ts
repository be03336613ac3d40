import { describe, expect, it } from 'vitest';
import { takesObjectsAlong } from '../../lib/controllers/deletion.ts';
import { tenantKindsOf } from '../../lib/controllers/tenant-kinds.ts';
import type { Hosted } from '../../lib/controllers/controller.ts';
import { layout } from '../../lib/manifests/layout.ts';
import type { KubeObject } from '../../lib/manifests/rendered.ts';
import { validateUnit } from '../../lib/validate/fleet-validator.ts';
import { describeProblem } from '../../lib/values/errors.ts';
import { toYaml } from '../../lib/manifests/yaml.ts';
import { appOf, fleetDraft, folderRoles, hostedIn, withExternalApps, type Subject } from './fixture.ts';

/** What every implementation of a GitOps controller does alike. */
export function conformsToGitOpsController(name: string, subject: Subject): void {
  const { controller, read } = subject;
  const hosted = (cluster = 'prod-eu', edit?: Parameters<typeof hostedIn>[2]): Hosted => hostedIn(subject, cluster, edit);
  const everything = (input: Hosted): KubeObject[] => [...controller.platform(input), ...controller.root(input), ...input.tracked.flatMap((tracked) => controller.track(tracked, input)), ...controller.track(appOf(input, { pre: 'apps/prod/storefront/pre' }), input)];

  describe(`${name}, a GitOps controller,`, () => {
    it('tracks each thing under its name in its own namespace, and names nothing twice', () => {
      const input = hosted('prod-eu', withExternalApps('prod-eu'));
      expect(input.tracked.length).toBeGreaterThan(7);
      for (const tracked of input.tracked) {
        const objects = controller.track(tracked, input);
        expect(objects.map((object) => object.metadata?.name)).toContain(tracked.name);
        for (const object of objects) expect(object.metadata?.namespace).toBe(controller.namespace);
      }
      const identities = everything(input).map((object) => `${object.kind}/${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`);
      expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
    });

    it('gives no tracking object a name of more than 63 characters', () => {
      const input = hosted();
      const long = 'a'.repeat(63);
      const objects = [...controller.track(appOf(input, { name: long, pre: 'apps/prod/storefront/pre' }), input), ...everything(hosted('prod-eu', withExternalApps('prod-eu')))];
      expect(objects.map((object) => object.metadata?.name ?? '').filter((each) => each === '' || each.length > 63)).toEqual([]);
    });

    it('applies, prunes and heals by itself when told so, and waits to be asked when not', () => {
      const input = hosted();
      expect(read(controller.track(appOf(input), input)).automated).toBe(true);
      expect(read(controller.track(appOf(input, { sync: 'none' }), input)).automated).toBe(false);
    });

    it.each(folderRoles)('follows the folder of %s in the runtime repo, and lets its objects go or keeps them by the one rule', (role) => {
      const input = hosted();
      const folder = `clusters/prod-eu/some-${role}`;
      const reading = read(controller.track(appOf(input, { role, from: { folder } }), input));
      expect(reading.folders).toEqual([`rendered/${folder}`]);
      expect(reading.repositories).toEqual([input.runtimeRepo.url]);
      expect(reading.takesObjectsAlong).toBe(takesObjectsAlong(role));
    });

    it('takes an app along when it goes, and nothing that a cluster stands on', () => {
      expect((['app', 'external', 'self', 'platform', 'add-on', 'observability', 'environment', 'member'] as const).filter(takesObjectsAlong)).toEqual(['app', 'external']);
    });

    it('applies what an app needs first before the app', () => {
      const input = hosted();
      const folder = layout.app('prod', 'storefront');
      expect(read(controller.track(appOf(input, { pre: layout.pre(folder) }), input)).folders).toEqual([`rendered/${layout.pre(folder)}`, `rendered/${folder}`]);
    });

    it('leaves alone the replicas of what an autoscaler scales, and of nothing else', () => {
      const input = hosted();
      const autoscaled = [{ group: 'apps', kind: 'Deployment', name: 'storefront-web' }, { group: 'argoproj.io', kind: 'Rollout', name: 'storefront-api' }];
      expect(read(controller.track(appOf(input, { autoscaled }), input)).ownReplicas).toEqual(['apps/Deployment/storefront-web', 'argoproj.io/Rollout/storefront-api']);
      expect(read(controller.track(appOf(input), input)).ownReplicas).toEqual([]);
    });

    it.each([
      ['ext-folder', { folders: ['deploy'], repositories: ['https://github.com/acme/grafana.git'], charts: [], automated: true }],
      ['ext-tag', { folders: ['.'], repositories: ['https://github.com/acme/tools.git'], charts: [], automated: true }],
      ['ext-chart', { folders: [], repositories: ['https://charts.acme.example'], charts: ['redis 20.6.1'], automated: true }],
      ['ext-oci', { folders: [], repositories: ['oci://ghcr.io/acme/charts'], charts: ['podinfo 6.7.0'], automated: false }],
      ['ext-git-chart', { folders: ['agent'], repositories: ['https://github.com/acme/charts.git'], charts: [], automated: true }],
      ['ext-both', { folders: ['deploy'], repositories: ['https://charts.acme.example', 'https://github.com/acme/grafana.git'], charts: ['redis 20.6.1'], automated: true }],
    ])('follows the sources of external app %s in the name of its team', (app, expected) => {
      const input = hosted('prod-eu', withExternalApps('prod-eu'));
      const tracked = input.tracked.find((each) => each.name === app);
      if (tracked === undefined) throw new Error(`${app} is not tracked`);
      const reading = read(controller.track(tracked, input));
      expect(reading).toMatchObject(expected);
      expect([reading.team, reading.takesObjectsAlong]).toEqual(['data', true]);
    });

    it('delivers an app in the name of its team, and what Slipway tracks in none', () => {
      const input = hosted();
      expect(read(controller.track(appOf(input), input)).team).toBe('shop');
      for (const tracked of input.tracked.filter((each) => each.role !== 'external')) expect(read(controller.track(tracked, input)).team).toBeUndefined();
    });

    it('lets a team deliver to its own namespaces and to no others', () => {
      const input = hosted();
      expect(subject.allowedNamespaces('shop', input)).toEqual(['prod-eu/flask-api-prod', 'prod-eu/storefront-prod']);
      expect(subject.allowedNamespaces('web', input)).toEqual(['prod-eu/hello-tornado-prod']);
      expect(subject.allowedNamespaces('nobody', input)).toEqual([]);
    });

    it('lets a team deliver the kinds of every team and its own further ones, and no others', () => {
      const input = hosted('prod-eu', (drafted) => { drafted.fleet['teams'] = { web: { kinds: ['rbac.authorization.k8s.io/Role', 'traefik.io/Middleware'] } }; });
      const expected = (team: string): string[] => tenantKindsOf(input.fleet, team).map(({ group, resource }) => `${group}/${resource}`).sort();
      expect(expected('web')).toEqual([...expected('shop'), 'rbac.authorization.k8s.io/roles', 'traefik.io/middlewares'].sort());
      expect(subject.allowedKinds('shop', input)).toEqual(expected('shop'));
      expect(subject.allowedKinds('web', input)).toEqual(expected('web'));
    });

    it('follows its own root, by which everything else is reached', () => {
      const input = hosted();
      const root = controller.root(input);
      expect(root.map((object) => object.metadata?.name)).toContain('root');
      expect(read(root)).toMatchObject({ folders: [`rendered/${layout.root('prod-eu')}`], repositories: [input.runtimeRepo.url], automated: true, takesObjectsAlong: false, team: undefined });
    });

    if (subject.hubs) {
      it('delivers from a hub to a member, and never to the hub in its stead', () => {
        const input = hosted('prod-eu', (drafted) => { Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443' }); });
        expect(subject.allowedNamespaces('web', input)).toEqual(['prod-eu/hello-tornado-prod', 'prod-onprem/hello-tornado-prod']);
        const member = input.clusters[1];
        if (member === undefined) throw new Error('the hub has no member');
        const [own] = controller.track(appOf(input), input);
        const [other] = controller.track(appOf(input, { cluster: member, name: 'prod-onprem-storefront-prod' }), input);
        expect(toYaml(own)).not.toContain('prod-onprem');
        expect(toYaml(other)).toContain('prod-onprem');
      });
    } else {
      it('is refused as a hub, because it delivers to its own cluster only', () => {
        const { problems } = fleetDraft(subject, (drafted) => { Object.assign(drafted.clusters['prod-onprem'] ?? {}, { managedBy: 'prod-eu', server: 'https://onprem.acme.example:6443' }); });
        expect(problems.map(describeProblem)).toEqual([`environments/clusters/prod-onprem.ts: managedBy: expected a hub that runs Argo CD, got prod-eu, which runs ${controller.kind}\n    fix: let the cluster manage itself: Flux runs in each cluster`]);
      });
    }

    it('renders the same from the same fleet, in whatever order its files were read', () => {
      const backwards = (drafted: Parameters<NonNullable<Parameters<typeof hostedIn>[2]>>[0]): void => {
        withExternalApps('prod-eu')(drafted);
        const apps = Object.entries(drafted.apps).reverse();
        for (const [key] of apps) delete drafted.apps[key];
        Object.assign(drafted.apps, Object.fromEntries(apps));
      };
      const text = (input: Hosted): string => [...everything(input), ...controller.install(input).objects].map((object) => toYaml(object)).join('---\n');
      const once = text(hosted('prod-eu', withExternalApps('prod-eu')));
      expect(text(hosted('prod-eu', withExternalApps('prod-eu')))).toBe(once);
      expect(text(hosted('prod-eu', backwards))).toBe(once);
    });

    it('renders objects that API servers take, and no secret among them', () => {
      const input = hosted('prod-eu', withExternalApps('prod-eu'));
      const objects = [...everything(input), ...controller.install(input).objects];
      const files = objects.map((value, index) => ({ path: `all/${String(index).padStart(3, '0')}.yaml`, source: 'test', objects: [{ value, construct: `${value.kind}/${value.metadata?.name ?? ''}` }] }));
      const findings = validateUnit({ id: 'all', clusters: ['prod-eu'], files, images: [] }, { minors: ['1.32', '1.36'] });
      // Alone in this test, they name namespaces and Secrets that other folders and people bring.
      expect(findings.filter(({ rule, severity }) => severity === 'error' && !['missing-namespace', 'missing-reference'].includes(rule)).map((finding) => `${finding.construct}: ${finding.rule}: ${finding.field}: ${finding.message}`)).toEqual([]);
    });
  });
}
