import { chmod, copyFile, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binary, build } from '../build.ts';
import { moduleFolder } from '../go-module.ts';
import type { Plane } from '../plane.ts';
import { freePort } from '../ports.ts';
import { argoCdModules } from '../releases.ts';
import { answers, hostEnvironment, listens, type HostProgram } from './host-process.ts';
import { hostedProgram } from './workload.ts';

/** A folder for the search path: Argo CD under the names of its parts, and the programs and scripts that they call. */
export async function toolFolder(plane: Plane): Promise<string> {
  const folder = await mkdtemp(join(plane.folder, 'argo-cd-tools-'));
  const argoCd = binary(await build('argo-cd'), 'argocd');
  for (const part of ['application-controller', 'applicationset-controller', 'notifications', 'repo-server', 'server']) await symlink(argoCd, join(folder, `argocd-${part}`));
  await symlink(binary(await build('helm'), 'helm'), join(folder, 'helm'));
  await symlink(binary(await build('kustomize'), 'kustomize'), join(folder, 'kustomize'));
  const scripts = join(await moduleFolder(argoCdModules['3.2.11']), 'hack');
  for (const script of ['git-verify-wrapper.sh', 'gpg-wrapper.sh', 'git-ask-pass.sh']) {
    await copyFile(join(scripts, script), join(folder, script));
    await chmod(join(folder, script), 0o755);
  }
  return folder;
}

/**
 * Argo CD's programs on this host, in the order in which they start: the server makes the key with which the controllers read
 * their settings. Flags that are added here stand last and win over the installed ones; they name this host's addresses, do
 * without TLS between the programs and without leader election.
 */
export async function argoCdPrograms(plane: Plane, namespace: string, tools: string): Promise<HostProgram[]> {
  const [redisPort, repoPort, serverPort, controllerPort, setsPort] = [await freePort(), await freePort(), await freePort(), await freePort(), await freePort()];
  const local = (port: number): string => `127.0.0.1:${port}`;
  const redis = ['--redis', local(redisPort)];
  const repoServer = ['--repo-server', local(repoPort), '--repo-server-plaintext'];
  const within = ['--namespace', namespace];
  const metrics = async (): Promise<string[]> => ['--metrics-address', '127.0.0.1', '--metrics-port', String(await freePort())];
  const part = async (name: string, workload: string, flags: readonly string[], health: string): Promise<HostProgram> => {
    const hosted = await hostedProgram(plane, namespace, workload);
    const env = { ...(await hostEnvironment(plane, name, hosted, [tools])), ...(await folders(plane, name)), ...fixed };
    return { name, command: join(tools, name), args: [...hosted.flags, ...flags], env, healthy: answers(`http://${health}`) };
  };
  const repoMetrics = await freePort();
  const repoFlags = ['--address', '127.0.0.1', '--port', String(repoPort), '--metrics-address', '127.0.0.1', '--metrics-port', String(repoMetrics), '--disable-tls'];
  const serverFlags = ['--address', '127.0.0.1', '--port', String(serverPort), '--insecure', ...(await metrics())];
  // Its metrics listen on all addresses; there is no flag for that.
  const controllerFlags = ['--metrics-port', String(controllerPort)];
  const setsFlags = ['--metrics-addr', local(setsPort), '--probe-addr', local(await freePort()), '--webhook-addr', local(await freePort())];
  return [
    { name: 'redis', command: binary(await build('redis'), 'redis'), args: ['-listen', local(redisPort)], env: {}, healthy: listens(redisPort) },
    await part('argocd-repo-server', 'deployments/argocd-repo-server', [...redis, ...repoFlags], `${local(repoMetrics)}/healthz`),
    { ...await part('argocd-server', 'deployments/argocd-server', [...within, ...redis, ...repoServer, ...serverFlags], `${local(serverPort)}/healthz`), address: `http://${local(serverPort)}` },
    await part('argocd-application-controller', 'statefulsets/argocd-application-controller', [...within, ...redis, ...repoServer, ...controllerFlags], `${local(controllerPort)}/healthz`),
    await part(
      'argocd-applicationset-controller',
      'deployments/argocd-applicationset-controller',
      [...within, '--argocd-repo-server', local(repoPort), '--repo-server-plaintext', '--enable-leader-election=false', ...setsFlags],
      `${local(setsPort)}/metrics`,
    ),
  ];
}

/** Argo CD's notifications controller on this host. It asks nobody but the API server and those whom it tells. Its metrics listen on all addresses; there is no flag for that. */
export async function argoCdNotifications(plane: Plane, namespace: string, tools: string): Promise<HostProgram> {
  const name = 'argocd-notifications';
  const hosted = await hostedProgram(plane, namespace, 'deployments/argocd-notifications-controller');
  const port = await freePort();
  const env = { ...(await hostEnvironment(plane, name, hosted, [tools])), ...(await folders(plane, name)), ...fixed };
  return { name, command: join(tools, name), args: [...hosted.flags, '--namespace', namespace, '--metrics-port', String(port)], env, healthy: answers(`http://127.0.0.1:${port}/metrics`) };
}

/** Settings of every part: the test's API server is `https://kubernetes.default.svc`, this is the first shard, redis has no password. */
const fixed = { ARGOCD_FAKE_IN_CLUSTER: 'true', HOSTNAME: 'argocd-application-controller-0', REDIS_PASSWORD: '' };

/** The folders that pods get from ConfigMaps: empty ones. */
async function folders(plane: Plane, name: string): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(plane.folder, `${name}-data-`));
  const at = (part: string): string => join(folder, part);
  for (const part of ['tls', 'ssh', 'gnupg', 'plugins']) await mkdir(at(part), { mode: 0o700 });
  await writeFile(join(at('ssh'), 'ssh_known_hosts'), '');
  return {
    ARGOCD_TLS_DATA_PATH: at('tls'),
    ARGOCD_SSH_DATA_PATH: at('ssh'),
    ARGOCD_GNUPGHOME: at('gnupg'),
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_PLUGINSOCKFILEPATH: at('plugins'),
  };
}
