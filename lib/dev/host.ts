import { existsSync } from 'node:fs';
import { build, builtFolder } from '../control-plane/build.ts';
import { components, type ComponentName } from '../control-plane/components.ts';
import { run } from '../control-plane/run-program.ts';
import type { Controller } from '../model/cluster.ts';
import { SlipwayError, throwProblems, type Problem } from '../values/errors.ts';

/** What is known of this machine. */
export interface HostFacts {
  readonly platform: string;
  /** What `go version` says. @default - Go doesn't start */
  readonly go?: string;
  /** Whether `git http-backend` starts. */
  readonly gitServes: boolean;
}

/** The oldest Go by which the components can be built. */
const oldestGo = { major: 1, minor: 26 } as const;

/** What has to be different for a control plane to run here. */
export function hostProblems({ platform, go, gitServes }: HostFacts): Problem[] {
  const problems: Problem[] = [];
  if (platform === 'win32') problems.push({ where: 'slipway dev', message: 'expected Linux or macOS, got Windows: the Kubernetes programs run as processes of this machine, and not there', fix: 'run it in WSL 2' });
  const wanted = `Go ${oldestGo.major}.${oldestGo.minor} or newer`;
  const why = 'API server, controllers and etcd are built once from public Go modules, without Docker; that takes about 20 minutes and 12 GB of Go\'s caches, all later runs seconds';
  const fix = 'install it from https://go.dev/dl/ (macOS: brew install go), see that `go version` says so, and run this again';
  if (go === undefined) problems.push({ where: 'go', message: `expected ${wanted} on PATH, found none: ${why}`, fix });
  else if (!isRecent(go)) problems.push({ where: 'go', message: `expected ${wanted} on PATH, got ${JSON.stringify(go.trim())}: ${why}`, fix });
  if (!gitServes) problems.push({ where: 'git', message: 'expected Git with `git http-backend`, which serves the runtime repo to the local cluster, found none', fix: 'install the whole of Git (Debian and Ubuntu: apt install git; macOS: brew install git)' });
  return problems;
}

function isRecent(said: string): boolean {
  const [, major, minor] = /\bgo(\d+)\.(\d+)/.exec(said) ?? [];
  // A Go from its repository says "devel" and is newer than any release.
  return major === undefined || Number(major) > oldestGo.major || (Number(major) === oldestGo.major && Number(minor) >= oldestGo.minor);
}

/** Looks at this machine. @throws SlipwayError with everything that is missing, and how to get it */
export async function checkHost(): Promise<void> {
  const go = await said('go', ['version']);
  const path = await said('git', ['--exec-path']);
  throwProblems(hostProblems({ platform: process.platform, ...(go !== undefined && { go }), gitServes: path !== undefined && existsSync(`${path.trim()}/git-http-backend`) }));
}

/** What a program prints; undefined where it doesn't start. */
async function said(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(command, args)).stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const shared = ['supervise', 'pki', 'kustomize', 'etcd', 'kubernetes', 'kwok', 'argo-rollouts', 'gatewayapi'] as const satisfies readonly ComponentName[];
const ofController = { 'argo-cd': ['redis', 'helm', 'argo-cd'], flux: ['sourceignore', 'kustomize-controller'] } as const satisfies Record<Controller['kind'], readonly ComponentName[]>;

/** Builds what the cache lacks, one component after the other, and says so. @throws ComponentUnavailable with the log of what failed */
export async function buildComponents(controller: Controller['kind'], say: (line: string) => void): Promise<void> {
  const names: readonly ComponentName[] = [...shared, ...ofController[controller]];
  const missing = names.filter((name) => !existsSync(builtFolder(name, components[name])));
  if (missing.length > 0) say(`building ${missing.length} of ${names.length} components from Go modules: minutes each on a machine that never did, then never again`);
  for (const name of names) {
    if (missing.includes(name)) say(`  ${name} (${missing.indexOf(name) + 1} of ${missing.length})`);
    await build(name);
  }
}

/** The error of a component that can't be built says all; this says what to do about it. */
export function withBuildAdvice(error: SlipwayError): SlipwayError {
  return new SlipwayError(error.problems.map((problem) => ({ fix: 'see the log; a proxy or a mirror of Go modules is named by GOPROXY (`go env GOPROXY`), and `slipway dev up` goes on where it stopped', ...problem })), { cause: error });
}
