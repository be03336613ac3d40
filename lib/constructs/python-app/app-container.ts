import type { IContainer } from 'kubernetes-models/v1/Container';
import type { ConfigReference } from './config.ts';
import { containerBase, containerPort, temporaryFolder, type ContainerPlace } from './container.ts';
import { envVars, pythonEnv } from './env.ts';
import { mountsOf } from './mounts.ts';
import type { PodOptions } from './pod-options.ts';
import type { PodPlan } from './pod-plan.ts';
import type { PodProps } from './pod-props.ts';
import { containerProbes } from './probes.ts';
import type { PodSecrets } from './secrets.ts';
import { emptyDir, type PodVolume } from './volumes.ts';

/** What the app's container takes from the other parts of its pod. */
export interface ContainerParts {
  readonly secrets: PodSecrets;
  readonly config: ConfigReference | undefined;
  readonly volumes: readonly PodVolume[];
}

/** The app's own container and the volumes that it needs: its server, or the command that it says. */
export function appContainer(props: PodProps, plan: PodPlan, options: PodOptions, place: ContainerPlace, parts: ContainerParts): { readonly container: IContainer; readonly volumes: readonly PodVolume[] } {
  const { bare, app } = place;
  const { process, ports, preStopSeconds } = plan;
  const said = process === undefined ? props : { command: process.command, args: process.args };
  const command = said.command === undefined ? undefined : [...(options.commandPrefix ?? []), ...said.command];
  const base = containerBase(props.containerName ?? options.id, { ...props, command, args: said.args }, place);
  const scratch = (process?.scratch ?? []).map(({ name, ...folder }) => emptyDir(name, folder));
  const asked = [...parts.volumes, ...scratch, ...(props.volumes ?? [])];
  const temporary = temporaryFolder('tmp', base, asked.flatMap((volume) => volume.mountPath ?? []));
  const volumes = temporary === undefined ? asked : [temporary, ...asked];
  const volumeMounts = mountsOf(volumes);
  const calls = Object.fromEntries(plan.calls.map((call) => [call.env, call.target.url]));
  const env = envVars([bare ? {} : pythonEnv, process?.env ?? {}, options.env ?? {}, calls, parts.secrets.env, props.env ?? {}], app);
  const envFrom = [...(parts.config === undefined ? [] : [{ configMapRef: { name: parts.config.configMap } }]), ...parts.secrets.envFrom, ...(props.envFrom ?? [])];
  // In the `bare` preset nobody said a name for the port.
  const unnamed = bare ? props.port : undefined;
  const [first] = ports;
  const probePort = first === undefined ? undefined : { port: first.port, target: first.port === unnamed ? first.port : first.name };
  return {
    container: {
      ...base,
      ...(ports.length > 0 && { ports: ports.map((port) => containerPort(port.port === unnamed ? { port: port.port } : port)) }),
      ...(env.length > 0 && { env }),
      ...(envFrom.length > 0 && { envFrom }),
      ...containerProbes(props.probes, plan.probes, probePort),
      ...(preStopSeconds > 0 && { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } }),
      ...(volumeMounts.length > 0 && { volumeMounts }),
    },
    volumes,
  };
}
