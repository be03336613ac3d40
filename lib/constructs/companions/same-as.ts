import { isPlainObject } from '../check-props.ts';
import type { NetworkPolicyOptions } from '../network/network-policy-options.ts';
import { isPlusSecret, type SecretInput } from '../secret-source.ts';
import type { PodProps, ServiceAccountProps, StopProps } from '../python-app/pod-props.ts';
import type { CommonProps } from '../python-app/props.ts';
import { PythonApp } from '../python-app/python-app.ts';
import { configMapFiles, type PodVolume } from '../python-app/volumes.ts';

/** What a companion may take over from the app that it belongs to. */
export interface SameAs {
  /**
   * The app whose image, environment, config, secrets, calls, volumes, account, user, scheduling, network policy (outwards) and tracing it
   * shares. What the companion says itself is added, or wins: environment variable by variable, secret by secret, otherwise field by field.
   * @default - nothing is shared
   */
  readonly sameAs?: PythonApp;
  /** The image. @default - that of `sameAs` */
  readonly image?: PodProps['image'];
}

/** The fields that are taken over as they are. */
const sharedFields = [
  'image', 'imagePullPolicy', 'imagePullSecrets', 'workingDir', 'envFrom', 'config', 'user', 'group', 'securityContext', 'podSecurityContext',
  'podLabels', 'labels', 'nodeSelector', 'tolerations', 'hostAliases', 'dnsPolicy', 'dnsConfig', 'runtimeClassName', 'tracing',
] as const satisfies readonly (keyof CommonProps)[];

/** What stands in for the props of an app with a problem: that problem was told already, and nothing is rendered. */
const nothingShared = { image: 'unknown:0' } as const;

/** The props of a companion together with what it takes over. That there is an image is checked with everything else. */
export function withShared<P extends SameAs & Partial<CommonProps>>(props: P): Omit<P, keyof CommonProps | 'sameAs'> & CommonProps {
  return combined(props) as Omit<P, keyof CommonProps | 'sameAs'> & CommonProps;
}

function combined(props: SameAs & Partial<CommonProps>): Partial<CommonProps> {
  const { sameAs, ...own } = props;
  if (sameAs === undefined) return own;
  // Left in, so that the check of the props refuses what isn't an app.
  if (!(sameAs instanceof PythonApp)) return props;
  if (sameAs.pod === undefined) return { ...nothingShared, ...own };
  const shared = sameAs.props;
  const env = { ...shared.env, ...record(own.env) };
  const mine = new Set(list(own.secrets).map(nameOf));
  const secrets = [...(shared.secrets ?? []).filter((secret) => !mine.has(nameOf(secret))), ...list(own.secrets)];
  const calls = [...(shared.calls ?? []), ...list(own.calls)];
  const volumes = [...sharedVolumes(sameAs, own), ...list(own.volumes)];
  const networkPolicy = policyOf(shared.networkPolicy, own.networkPolicy);
  return {
    ...Object.fromEntries(sharedFields.flatMap((field) => shared[field] === undefined ? [] : [[field, shared[field]]])),
    ...(sameAs.config !== undefined && { config: sameAs.config }),
    ...own,
    serviceAccount: own.serviceAccount ?? accountOf(sameAs),
    ...(Object.keys(env).length > 0 && { env }),
    ...(secrets.length > 0 && { secrets }),
    ...(calls.length > 0 && { calls }),
    ...(volumes.length > 0 && { volumes }),
    ...(networkPolicy !== undefined && { networkPolicy }),
    ...malformed(own),
  };
}

/** How long a program may take to stop, unless the companion says otherwise. */
export function stopWithin(graceSeconds: number, said: StopProps | undefined): StopProps {
  return said === undefined || isPlainObject(said) ? { graceSeconds, ...said } : said;
}

/** Fields that can't be combined, since they aren't of their type: the check of the props names them. */
function malformed(own: Partial<CommonProps>): Partial<CommonProps> {
  const wrong = (['env', 'networkPolicy', 'secrets', 'calls', 'volumes'] as const).filter((field, index) => {
    const value: unknown = own[field];
    return value !== undefined && value !== false && !(index < 2 ? isPlainObject(value) : Array.isArray(value));
  });
  return Object.fromEntries(wrong.map((field) => [field, own[field]]));
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

function record<T extends object>(value: T | undefined): T | undefined {
  return isPlainObject(value) ? value : undefined;
}

function nameOf(secret: SecretInput): string {
  const named: unknown = secret;
  if (typeof named !== 'object' || named === null) return '';
  return isPlusSecret(secret) ? secret.name : `${secret.kind}/${secret.name}`;
}

/** Volumes of the app but its claims, each of which belongs to one pod; its files from the ConfigMap that it made. */
function sharedVolumes(app: PythonApp, own: Partial<CommonProps>): PodVolume[] {
  const mine = new Set(list(own.volumes).map((volume) => volume?.name));
  const files = app.props.configFiles;
  const made = app.pod?.template.spec.volumes?.find((volume) => volume.name === 'config-files')?.configMap?.name;
  return [
    ...(files === undefined || made === undefined || own.configFiles !== undefined ? [] : [configMapFiles('config-files', made, { mountPath: files.mountPath })]),
    ...(app.props.volumes ?? []).filter((volume) => volume.claimTemplate === undefined && !mine.has(volume.name)),
  ];
}

function accountOf(app: PythonApp): ServiceAccountProps | false {
  const said = app.props.serviceAccount;
  if (said === false || app.pod?.serviceAccount === undefined) return false;
  return { ...(said?.existing === undefined ? { of: app.pod.serviceAccount } : { existing: said.existing }), ...(said?.token !== undefined && { token: said.token }) };
}

/** What the app may reach, the companion may reach; who may reach the app says nothing about the companion. */
function policyOf(shared: NetworkPolicyOptions | false | undefined, own: NetworkPolicyOptions | false | undefined): NetworkPolicyOptions | false | undefined {
  if (own === false || shared === undefined) return own;
  if (shared === false) return own ?? false;
  const { allowIngress: _, ...outwards } = shared;
  const allowEgress = [...(shared.allowEgress ?? []), ...list(own?.allowEgress)];
  return { ...outwards, ...record(own), ...(allowEgress.length > 0 && { allowEgress }) };
}
