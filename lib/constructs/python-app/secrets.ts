import { Node, type Construct } from 'constructs';
import type { IEnvFromSource } from 'kubernetes-models/v1/EnvFromSource';
import { canonicalJson } from '../../values/canonical-json.ts';
import { AppChart } from '../app-chart.ts';
import { declareExisting } from '../existing-objects.ts';
import { Manifest, type ManifestValue } from '../manifest.ts';
import { isPlusSecret, secretKey, secretKeys, secretName, secretObject, type SecretInput, type SecretSource } from '../secret-source.ts';
import type { WorkloadIdentity } from '../workload-identity.ts';
import type { EnvInput } from './env.ts';
import type { PodVolume } from './volumes.ts';

/** What the secrets of a construct add to its pods. */
export interface PodSecrets {
  readonly env: Readonly<Record<string, EnvInput>>;
  readonly envFrom: readonly IEnvFromSource[];
  readonly volumes: readonly PodVolume[];
  /** The objects that make them. */
  readonly manifests: readonly Manifest<ManifestValue>[];
}

/** The secrets of a construct: environment variables, files, and the objects that make them, each once for the whole app. */
export function podSecrets(scope: Construct, identity: WorkloadIdentity, secrets: readonly SecretInput[], onlyByKey: readonly SecretSource[]): PodSecrets {
  const env: Record<string, EnvInput> = {};
  const envFrom: IEnvFromSource[] = [];
  const volumes: PodVolume[] = [];
  for (const secret of secrets) {
    if (isPlusSecret(secret)) {
      envFrom.push({ secretRef: { name: secret.name } });
      continue;
    }
    const name = secretName(secret, identity.app);
    for (const [variable, key] of Object.entries(variablesOf(secret))) env[variable] = secretKey(secret, key);
    if (fromAllKeys(secret)) envFrom.push({ secretRef: { name } });
    if (secret.mountPath !== undefined) volumes.push({ name: `secret-${secret.name}`.slice(0, 63), mountPath: secret.mountPath, readOnly: true, source: { secret: { secretName: name } } });
  }
  const sources = [...secrets.flatMap((secret) => isPlusSecret(secret) ? [] : [secret]), ...onlyByKey];
  return { env, envFrom, volumes, manifests: secretManifests(scope, identity, sources) };
}

/** The objects that make secrets, each once for the whole app. */
export function secretManifests(scope: Construct, identity: WorkloadIdentity, sources: readonly SecretSource[]): Manifest<ManifestValue>[] {
  return sources.flatMap((source) => secretManifest(scope, identity, source) ?? []);
}

/** Environment variables that a secret gives by name -> key. */
export function variablesOf(source: SecretSource): Readonly<Record<string, string>> {
  if (source.env === false) return {};
  if (source.env !== undefined) return source.env;
  return source.mountPath === undefined ? Object.fromEntries(secretKeys(source).map((key) => [key, key])) : {};
}

/** Whether the store alone knows the keys, so that the whole Secret becomes environment variables. */
function fromAllKeys(source: SecretSource): boolean {
  return source.kind === 'external' && source.extract !== undefined && source.env === undefined && source.mountPath === undefined;
}

/** What each secret's object was made of, since patches and waves that came later are no second description. */
const described = new WeakMap<object, readonly [source: SecretSource, namespace: string]>();

/** Makes the object of a secret, or finds the one that another construct of the app made of the same description. */
function secretManifest(scope: Construct, identity: WorkloadIdentity, source: SecretSource): Manifest<ManifestValue> | undefined {
  const chart = AppChart.of(scope);
  const name = secretName(source, identity.app);
  const value = secretObject(source, {
    app: identity.app,
    environment: chart.context.environment.name,
    ...(identity.namespace !== undefined && { namespace: identity.namespace }),
    labels: identity.namespace === undefined ? {} : { 'app.kubernetes.io/managed-by': 'slipway', 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': identity.app },
  });
  if (value === undefined) {
    declareExisting(scope, 'Secret', name);
    return undefined;
  }
  if (source.kind === 'sops') chart.sopsSecrets.push({ where: Node.of(scope).path, name });
  const id = `secret-${source.name}`;
  const made = Node.of(chart).tryFindChild(id);
  if (made === undefined) {
    const manifest = new Manifest(chart, id, value, { withoutNamespace: true });
    described.set(manifest, [source, identity.namespace ?? '']);
    return manifest;
  }
  if (made instanceof Manifest) {
    if (canonicalJson(described.get(made)) !== canonicalJson([source, identity.namespace ?? ''])) {
      chart.report(scope, `expected one description of ${source.name} in the app, got two that differ`, 'describe it once, in a constant', 'secrets');
    }
    return made;
  }
  chart.report(scope, `expected the id ${id} to be free, got another construct of that id`, 'rename one', 'secrets');
  return undefined;
}
