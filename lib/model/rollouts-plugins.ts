import { z } from 'zod';
import { describeValue, checkedText } from './schema.ts';
import { dnsSubdomainProblem } from '../values/names.ts';

/** The name by which Argo Rollouts and Rollouts know the plugin for Gateway API. */
export const gatewayApiPluginName = 'argoproj-labs/gatewayAPI';

/** The version of it that is installed unless another is named, and the checksum of its executable for `linux-amd64`. */
export const gatewayApiPluginVersion = { version: '0.17.0', sha256: '1904ca787d33107c140521899d61fff030ee75d99908bd175fca5a4647759061' } as const;

/** A program that Argo Rollouts starts for what it can't do itself. */
export interface RolloutsPluginInput {
  /** Its name, `<owner>/<name>`, as Rollouts say it. */
  readonly name: string;
  /** What it is for: it decides where the controller looks for it (`trafficRouterPlugins`, `metricProviderPlugins`, `stepPlugins`). @default 'traffic-router' */
  readonly kind?: 'metric-provider' | 'step' | 'traffic-router';
  /** Its executable: an `https://` URL, from which the controller fetches it whenever it starts, or a `file://` path in the controller's image (`location`). */
  readonly location: string;
  /** SHA-256 of the executable, without which nothing is fetched; the controller doesn't check files of its image (`sha256`). @default - none, of a `file://` */
  readonly sha256?: string;
  /** Arguments (`args`). @default [] */
  readonly args?: readonly string[];
  /** Secrets in the controller's namespace whose keys are HTTP headers of the download (`headersFrom[].secretRef.name`). @default [] */
  readonly headersFrom?: readonly string[];
}

/** A plugin, checked and with its defaults. */
export interface RolloutsPlugin extends RolloutsPluginInput {
  readonly kind: 'metric-provider' | 'step' | 'traffic-router';
}

/** What `gatewayApiPlugin()` takes. */
export interface GatewayApiPluginOptions {
  /** Version of the plugin, without a leading "v". @default '0.17.0' */
  readonly version?: string;
  /** SHA-256 of the executable of that version. @default - that of version 0.17.0 for `linux-amd64` */
  readonly sha256?: string;
  /** The nodes on which Argo Rollouts runs. @default 'amd64' */
  readonly architecture?: 'amd64' | 'arm64';
  /** Where its releases are, such as a mirror: `<releases>/v<version>/gatewayapi-plugin-linux-<architecture>`. @default - those of the project on GitHub */
  readonly releases?: string;
  /** Arguments, such as `-logformat=json`. @default [] */
  readonly args?: readonly string[];
}

/** The plugin by which Argo Rollouts shares traffic through Gateway API: `addOn('argo-rollouts', { plugins: [gatewayApiPlugin()] })`. */
export function gatewayApiPlugin(options: GatewayApiPluginOptions = {}): RolloutsPluginInput {
  const { version = gatewayApiPluginVersion.version, architecture = 'amd64', releases = 'https://github.com/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi/releases/download', args } = options;
  const known = version === gatewayApiPluginVersion.version && architecture === 'amd64' ? gatewayApiPluginVersion.sha256 : undefined;
  const sha256 = options.sha256 ?? known;
  return {
    name: gatewayApiPluginName,
    location: `${releases}/v${version}/gatewayapi-plugin-linux-${architecture}`,
    ...(sha256 !== undefined && { sha256 }),
    ...(args !== undefined && { args }),
  };
}

const nameSchema = checkedText((text) => /^[A-Za-z0-9-]+\/[A-Za-z0-9_.-]+$/.test(text) ? undefined : `expected the plugin's name with its owner, such as ${gatewayApiPluginName}, got ${describeValue(text)}`);
const locationSchema = checkedText((text) => /^(https:\/\/[^/\s@]+|file:\/\/)\/\S+$/.test(text) ? undefined : `expected an https:// URL without a password, or a file:// path in the controller's image, got ${describeValue(text)}`);

/** A plugin of Argo Rollouts. */
export const rolloutsPluginSchema = z.strictObject({
  name: nameSchema,
  kind: z.enum(['metric-provider', 'step', 'traffic-router']).default('traffic-router'),
  location: locationSchema,
  sha256: checkedText((text) => /^[0-9a-f]{64}$/.test(text) ? undefined : `expected the 64 hexadecimal digits of a SHA-256 in lower case, got ${describeValue(text)}`).optional(),
  args: z.array(z.string().min(1)).optional(),
  headersFrom: z.array(checkedText(dnsSubdomainProblem)).optional(),
}).superRefine((plugin, context) => {
  if (plugin.location.startsWith('https://') && plugin.sha256 === undefined) context.addIssue({ code: 'custom', path: ['sha256'], message: 'expected the SHA-256 of the executable, so that no other is ever started, got nothing' });
}).transform(({ sha256, args, headersFrom, ...plugin }): RolloutsPlugin => ({
  ...plugin, ...(sha256 !== undefined && { sha256 }), ...(args !== undefined && { args }), ...(headersFrom !== undefined && { headersFrom }),
}));

/** Plugins of one kind and name that are listed twice. */
export function pluginsListedTwice(plugins: readonly RolloutsPlugin[]): readonly { readonly index: number; readonly name: string }[] {
  return plugins.flatMap(({ kind, name }, index) => plugins.findIndex((each) => each.kind === kind && each.name === name) === index ? [] : [{ index, name }]);
}
