import { describe, expect, it } from 'vitest';
import { FleetValidator, ruleIds, validateUnit } from '../../lib/validate/fleet-validator.ts';
import { isFailure } from '../../lib/validate/finding.ts';
import type { RenderedUnit } from '../../lib/manifests/rendered.ts';
import { at, brief, findingsOf, healthyApp, unitOf, type Loose } from './healthy-app.ts';

const configMap = (name: string, namespace?: string): Loose => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, ...(namespace !== undefined && { namespace }) } });
const namespace = (name: string): Loose => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
const job = (reads: string): Loose => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'job', namespace: 'shop' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'job', image: 'registry.example.com/job:1.0.0', envFrom: [{ configMapRef: { name: reads } }] }] } } },
});

function fleet(...units: readonly RenderedUnit[]): string[] {
  const validator = new FleetValidator();
  for (const unit of units) validator.add(unit, { minors: ['1.35'] });
  return validator.finish().map(({ file, field, rule }) => `${file} ${field} ${rule}`);
}

describe('a fleet', () => {
  it('finds two owners of one object on a common cluster, and names both', () => {
    const one = unitOf([configMap('settings', 'shop')], { id: 'apps/prod/one', clusters: ['eu', 'us'] });
    const two = unitOf([configMap('settings', 'shop')], { id: 'apps/prod/two', clusters: ['us'] });
    expect(fleet(one, two)).toEqual(['apps/prod/two/00-configmap.yaml metadata.name two-owners']);
    const validator = new FleetValidator();
    for (const unit of [one, two]) validator.add(unit, { minors: ['1.35'] });
    expect(validator.finish()[0]?.message).toMatch(/shop\/settings on us, got apps\/prod\/two and apps\/prod\/one/);
  });

  it('lets the same object be on different clusters, and unnamed namespaces be different places', () => {
    expect(fleet(unitOf([configMap('settings', 'shop')], { id: 'apps/prod/one', clusters: ['eu'] }), unitOf([configMap('settings', 'shop')], { id: 'apps/prod/two', clusters: ['us'] }))).toEqual([]);
    expect(fleet(unitOf([configMap('settings')], { id: 'apps/prod/one' }), unitOf([configMap('settings')], { id: 'apps/prod/two' }))).toEqual([]);
  });

  it('finds a Secret that is made twice, by an ExternalSecret and in plain', () => {
    const external: Loose = { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'db', namespace: 'shop' }, spec: { target: { name: 'database' } } };
    const plain: Loose = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database', namespace: 'shop' } };
    expect(fleet(unitOf([external, plain]))).toEqual(['apps/prod/shop/01-secret.yaml metadata.name two-owners']);
    expect(findingsOf(unitOf([plain, external])).map(({ message }) => message)).toEqual([expect.stringMatching(/^expected one owner of Secret shop\/database on prod, got /)]);
    at(external, 'spec', 'target')['creationPolicy'] = 'Merge';
    expect(fleet(unitOf([external, plain]))).toEqual([]);
  });

  it('finds what a reference names in another unit that lands on the same clusters', () => {
    const reader = unitOf([job('shared')], { id: 'apps/prod/reader', clusters: ['eu', 'us'] });
    const maker = (clusters: readonly string[]): RenderedUnit => unitOf([configMap('shared', 'shop')], { id: 'apps/prod/maker', clusters });
    expect(fleet(reader, maker(['eu', 'us']))).toEqual([]);
    const validator = new FleetValidator();
    for (const unit of [reader, maker(['eu'])]) validator.add(unit, { minors: ['1.35'] });
    expect(validator.finish().map(({ message }) => message)).toEqual([expect.stringContaining('nobody makes the ConfigMap "shared" in the namespace shop on us.')]);
  });

  it('finds a namespace that the platform of a cluster does not make, once per unit', () => {
    const platform = unitOf([namespace('shop')], { id: 'clusters/eu/platform', app: null, clusters: ['eu'] });
    expect(fleet(platform, unitOf([configMap('a', 'shop')], { clusters: ['eu'] }))).toEqual([]);
    expect(fleet(platform, unitOf([configMap('a', 'shpo'), configMap('b', 'shpo')], { clusters: ['eu'] }))).toEqual(['apps/prod/shop/00-configmap.yaml metadata.namespace missing-namespace']);
    expect(fleet(unitOf([configMap('a', 'shpo')], { clusters: ['eu'] }))).toEqual([]);
  });

  it('checks each render of a unit apart, on the minors of its own clusters', () => {
    const claim = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { name: 'gpu', namespace: 'shop' }, spec: {} } as Loose;
    const base = unitOf([configMap('a', 'shop')], { id: 'apps/prod/shop' });
    const own = unitOf([configMap('a', 'shop'), claim], { id: 'apps/prod/shop@new' });
    const unit: RenderedUnit = { ...base, clusters: ['new', 'old'], files: [...base.files, ...own.files], folders: [{ path: 'apps/prod/shop', clusters: ['old'] }, { path: 'apps/prod/shop@new', clusters: ['new'] }] };
    expect(validateUnit(unit, { minors: { old: '1.32', new: '1.35' } })).toEqual([]);
    expect(brief(validateUnit(unit, { minors: { old: '1.35', new: '1.32' } }))).toEqual(['ResourceClaim apiVersion unserved-kind']);
  });

  it('says on which minors a finding holds when not on all', () => {
    const claim = { apiVersion: 'resource.k8s.io/v1', kind: 'ResourceClaim', metadata: { name: 'gpu', namespace: 'shop' }, spec: {} } as Loose;
    expect(findingsOf(unitOf([claim]), { minors: ['1.33', '1.35'] }).map(({ message }) => message)).toEqual(['Kubernetes 1.33 does not serve resource.k8s.io/v1 ResourceClaim (Kubernetes 1.33)']);
  });

  it('refuses to guess a minor', () => {
    expect(() => validateUnit(unitOf([configMap('a')]), { minors: {} })).toThrow(/expected the Kubernetes minors of the clusters prod, got none/);
  });

  it('leaves the encrypted values of a SOPS file to the one who decrypts them', () => {
    const secret: Loose = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'database', namespace: 'shop' }, data: { url: 'ENC[AES256_GCM,data:x,type:str]' }, sops: { version: '3.9.0', mac: 'x' } };
    expect(findingsOf(unitOf([secret]))).toEqual([]);
  });

  it('tells the mistake of a schema alone, not what follows from it in the same object', () => {
    const app = healthyApp();
    const spec = at(app['deployment'], 'spec');
    spec['selecter'] = spec['selector'];
    delete spec['selector'];
    expect(brief(findingsOf(unitOf(Object.values(app))))).toEqual(['Deployment spec.selecter unknown-field', 'Deployment spec.selector missing-field']);
  });
});

describe('waivers', () => {
  const latest = (): Loose[] => {
    const app = healthyApp();
    at(app['deployment'], 'spec', 'template', 'spec', 'containers', 0)['image'] = 'registry.example.com/web:latest';
    return Object.values(app);
  };

  it('keep a finding in the list with its reason and let it fail nothing', () => {
    const unit = unitOf(latest());
    const [deployment, ...rest] = unit.files;
    const [object] = deployment?.objects ?? [];
    if (deployment === undefined || object === undefined) throw new Error('the unit has no files');
    const waived = { ...unit, files: [{ ...deployment, objects: [{ ...object, waivers: [{ rule: 'mutable-image', reason: 'a preview' }] }] }, ...rest] };
    const findings = findingsOf(waived);
    expect(findings.map(({ rule, waived: reason }) => [rule, reason])).toEqual([['mutable-image', 'a preview']]);
    expect(findings.some(isFailure)).toBe(false);
    expect(findingsOf(unit).some(isFailure)).toBe(true);
  });

  it('allow only the rule that they name, and only on their own object', () => {
    const app = healthyApp();
    const container = at(app['deployment'], 'spec', 'template', 'spec', 'containers', 0);
    container['image'] = 'registry.example.com/web:latest';
    at(container, 'readinessProbe', 'httpGet')['port'] = 'web';
    const unit = unitOf(Object.values(app), { waivers: [{ rule: 'mutable-image', reason: 'a preview' }] });
    const found = findingsOf(unit).filter(({ rule }) => rule !== 'unused-waiver');
    expect(found.map(({ rule, waived }) => `${rule} ${waived ?? '-'}`)).toEqual(['mutable-image a preview', 'probe-port -']);
    // Two objects of one construct and file are told apart.
    const [first, second] = ['Secret', 'ConfigMap'].map((kind) => ({ value: { apiVersion: 'v1', kind, metadata: { name: 'Upper', namespace: 'shop' } }, construct: 'shop/both' }));
    if (first === undefined || second === undefined) throw new Error('two objects are needed');
    const both = { ...unit, files: [{ path: 'apps/prod/shop/both.yaml', source: '', objects: [{ ...first, waivers: [{ rule: 'object-name', reason: 'legacy' }] }, second] }] };
    expect(findingsOf(both).map(({ object, waived }) => `${object.kind} ${waived ?? '-'}`).sort()).toEqual(['ConfigMap -', 'Secret legacy']);
  });

  it('are findings themselves when they allow nothing, give no reason or name no rule', () => {
    const waivers = [{ rule: 'mutable-image', reason: 'never needed' }, { rule: 'two-owners', reason: ' ' }, { rule: 'mutable-imag', reason: 'typo' }];
    const findings = findingsOf(unitOf([configMap('a', 'shop')], { waivers }));
    expect(findings.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(['bad-waiver error', 'bad-waiver error', 'unused-waiver warning']);
    expect(findings[0]?.message).toContain('Did you mean "mutable-image"?');
  });

  it('name rules by the ids that are documented', () => {
    expect(ruleIds).toContain('budget-blocks-eviction');
    expect(ruleIds).toEqual([...ruleIds].sort());
  });
});
