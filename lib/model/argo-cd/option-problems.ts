/** The options that bound each other, as far as they do. */
interface Options {
  readonly version: string;
  readonly highAvailability: boolean;
  readonly components: {
    readonly dex: object | false;
    readonly redisProxy: object;
    readonly repoServer: { readonly replicas?: number | undefined };
    readonly server: { readonly replicas?: number | undefined };
  };
  readonly images: { readonly haproxy?: string | undefined };
  readonly ui?: object | undefined;
  readonly sso?: { readonly dex?: object | undefined } | undefined;
  readonly accounts: Readonly<Record<string, readonly string[]>>;
  readonly rbac?: { readonly roles: Readonly<Record<string, { readonly subjects: readonly string[] }>>; readonly defaultRole?: string | undefined } | undefined;
}

/** What is wrong between options that are right each. */
export function optionProblems(options: Options): { readonly path: readonly string[]; readonly message: string }[] {
  const problems: { path: string[]; message: string }[] = [];
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(options.version) ?? [];
  if (minor !== undefined && (major !== '3' || Number(minor) < 2)) problems.push({ path: ['version'], message: `expected 3.2.0 or a later 3.x, whose manifests have the parts that are patched here, got ${options.version}` });
  if (options.highAvailability) {
    for (const name of ['server', 'repoServer'] as const) {
      if (options.components[name].replicas === 1) problems.push({ path: ['components', name, 'replicas'], message: 'expected at least 2 with highAvailability, got 1' });
    }
  } else {
    if (Object.keys(options.components.redisProxy).length > 0) problems.push({ path: ['components', 'redisProxy'], message: 'expected nothing without highAvailability: there is no HAProxy' });
    if (options.images.haproxy !== undefined) problems.push({ path: ['images', 'haproxy'], message: 'expected nothing without highAvailability: there is no HAProxy' });
  }
  if (options.sso !== undefined && options.ui === undefined) problems.push({ path: ['sso'], message: 'expected `ui` beside it: a provider sends people back to its host, got none' });
  if (options.sso?.dex !== undefined && options.components.dex === false) problems.push({ path: ['components', 'dex'], message: 'expected Dex to stay, which sso.dex needs, got false' });
  if (options.sso !== undefined && options.rbac === undefined) problems.push({ path: ['rbac'], message: 'expected roles or a default role beside sso, without which nobody who signs in sees anything, got nothing' });
  for (const name of Object.keys(options.accounts)) {
    if (name === 'admin') problems.push({ path: ['accounts', name], message: 'expected another name: admin is built in, and switched by `admin`' });
  }
  return problems;
}
