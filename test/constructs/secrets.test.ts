import { expect, test } from 'vitest';
import { existingSecret } from '../../lib/constructs/existing-secret.ts';
import { existingConfigMap, existingVolumeClaim } from '../../lib/constructs/existing-objects.ts';
import { PythonApp } from '../../lib/constructs/python-app/python-app.ts';
import { configMapFiles, existingClaim } from '../../lib/constructs/python-app/volumes.ts';
import { externalSecret } from '../../lib/constructs/secret-external.ts';
import { sealedSecret } from '../../lib/constructs/secret-sealed.ts';
import { sopsSecret, type EncryptedSecret } from '../../lib/constructs/secret-sops.ts';
import type { SecretInput } from '../../lib/constructs/secret-source.ts';
import { objectOf, objectsOf, pin, problemsOf, testChart } from './support.ts';

const sealed = `AgB${'x'.repeat(500)}==`;
const encrypted: EncryptedSecret = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'mail' },
  stringData: { SMTP_PASSWORD: 'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]' },
  sops: { mac: 'ENC[AES256_GCM,data:Zm9v,iv:YmFy,tag:YmF6,type:str]', version: '3.9.0' },
};

function render(...secrets: SecretInput[]) {
  const chart = testChart();
  return { chart, app: new PythonApp(chart, 'web', { image: pin('storefront'), secrets }) };
}

test('an external secret with nothing said is one variable, kept under app, environment and name', () => {
  const { chart, app } = render(externalSecret('database-url'));
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'ExternalSecret')).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    metadata: { name: 'storefront-database-url', namespace: 'storefront-prod' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'default' },
      target: { name: 'storefront-database-url' },
      data: [{ secretKey: 'DATABASE_URL', remoteRef: { key: 'storefront/prod/database-url' } }],
    },
  });
  expect(app.pod?.container.env).toContainEqual({ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'storefront-database-url', key: 'DATABASE_URL' } } });
});

test('an external secret takes keys, store and interval as said', () => {
  const { chart, app } = render(externalSecret('pay', {
    keys: { API_KEY: { key: 'pay/prod', property: 'key' }, HOOK: 'pay/hook' }, store: { name: 'vault', kind: 'SecretStore' }, refresh: '15m', env: { PAY_KEY: 'API_KEY' },
  }));
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'ExternalSecret')).toMatchObject({
    spec: { refreshInterval: '15m', secretStoreRef: { kind: 'SecretStore', name: 'vault' }, data: [{ secretKey: 'API_KEY', remoteRef: { key: 'pay/prod', property: 'key' } }, { secretKey: 'HOOK', remoteRef: { key: 'pay/hook' } }] },
  });
  expect(app.pod?.container.env?.filter((variable) => variable.valueFrom !== undefined).map((variable) => variable.name)).toEqual(['PAY_KEY']);
});

test('a secret whose keys only its store knows becomes variables as a whole', () => {
  const { app } = render(externalSecret('all', { extract: 'shop/all' }));
  expect(app.pod?.container.envFrom).toEqual([{ secretRef: { name: 'storefront-all' } }]);
});

test('a secret with a mount path becomes read-only files instead of variables', () => {
  const { app } = render(existingSecret('tls-client', ['tls.crt', 'tls.key'], { mountPath: '/etc/tls' }));
  expect(app.pod?.container.volumeMounts).toContainEqual({ name: 'secret-tls-client', mountPath: '/etc/tls', readOnly: true });
  expect(app.pod?.template.spec.volumes).toContainEqual({ name: 'secret-tls-client', secret: { secretName: 'tls-client' } });
  expect(app.pod?.container.env?.some((variable) => variable.valueFrom !== undefined)).toBe(false);
});

test('a sealed secret is rendered under its name, with what kubeseal printed', () => {
  const { chart } = render(sealedSecret('mail', { encryptedData: { SMTP_PASSWORD: sealed } }));
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'SealedSecret')).toMatchObject({
    apiVersion: 'bitnami.com/v1alpha1', metadata: { name: 'storefront-mail' }, spec: { encryptedData: { SMTP_PASSWORD: sealed }, template: { metadata: { name: 'storefront-mail', namespace: 'storefront-prod' } } },
  });
});

test('a value that is not sealed is refused without being told', () => {
  const { chart } = render(sealedSecret('mail', { encryptedData: { SMTP_PASSWORD: 'correct-horse' } }));
  expect(problemsOf(chart)).toEqual(['storefront/web: secrets[0].encryptedData.SMTP_PASSWORD: expected a value sealed by kubeseal (base64 that starts with "Ag" or "AQ"), got something else']);
});

test('a SOPS secret is written encrypted, and the chart knows that only Flux can take it', () => {
  const { chart } = render(sopsSecret('mail', encrypted));
  expect(problemsOf(chart)).toEqual([]);
  expect(objectOf(chart, 'Secret')).toMatchObject({ metadata: { name: 'storefront-mail', namespace: 'storefront-prod' }, stringData: encrypted.stringData, sops: encrypted.sops });
  expect(chart.sopsSecrets).toEqual([{ where: 'storefront/web', name: 'storefront-mail' }]);
});

test('a SOPS secret with a value in clear text, or without its seal, is refused without telling the value', () => {
  const { chart } = render(sopsSecret('mail', { ...encrypted, stringData: { ...encrypted.stringData, TOKEN: 'correct-horse' }, sops: {} }));
  const problems = problemsOf(chart);
  expect(problems.map((problem) => problem.split(': expected')[0])).toEqual(['storefront/web: secrets[0].encrypted.sops', 'storefront/web: secrets[0].encrypted.stringData.TOKEN']);
  expect(problems.join()).not.toContain('correct-horse');
});

test('what exists without Git is declared, so that references to it are known to be right', () => {
  const chart = testChart();
  new PythonApp(chart, 'web', {
    image: pin('storefront'),
    secrets: [existingSecret('stripe', ['KEY'])],
    imagePullSecrets: ['registry'],
    volumes: [configMapFiles('ca', existingConfigMap(chart, 'corporate-ca'), { mountPath: '/etc/ca' }), existingClaim('media', existingVolumeClaim(chart, 'media'), { mountPath: '/media' })],
    serviceAccount: { existing: 'shared' },
  });
  expect(problemsOf(chart)).toEqual([]);
  const namespace = 'storefront-prod';
  expect(chart.existing).toEqual([
    { kind: 'ConfigMap', namespace, name: 'corporate-ca' },
    { kind: 'PersistentVolumeClaim', namespace, name: 'media' },
    { kind: 'Secret', namespace, name: 'stripe' },
    { kind: 'ServiceAccount', namespace, name: 'shared' },
    { kind: 'Secret', namespace, name: 'registry' },
  ]);
  expect(objectsOf(chart).map((object) => object.kind)).not.toContain('ServiceAccount');
});

test('two constructs that describe one secret alike share its object, and differing descriptions are told', () => {
  const { chart } = render(externalSecret('database-url'));
  new PythonApp(chart, 'admin', { image: pin('storefront'), secrets: [externalSecret('database-url')] });
  expect(problemsOf(chart)).toEqual([]);
  expect(objectsOf(chart).filter((object) => object.kind === 'ExternalSecret')).toHaveLength(1);
  new PythonApp(chart, 'jobs', { image: pin('storefront'), secrets: [externalSecret('database-url', { refresh: '5m' })] });
  expect(problemsOf(chart)).toEqual(['storefront/jobs: secrets: expected one description of database-url in the app, got two that differ\n    fix: describe it once, in a constant']);
});
