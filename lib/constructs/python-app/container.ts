import type { IContainer } from 'kubernetes-models/v1/Container';
import type { ImagePin } from '../../model/context.ts';
import type { Resources, ResourcesInput } from '../../model/sizes.ts';
import type { ContainerProps, InitContainerProps, SidecarProps } from './container-props.ts';
import { envVars } from './env.ts';
import { containerProbes } from './probes.ts';
import { resourceRequirements } from './resources.ts';
import { containerSecurity } from './security.ts';
import type { PodVolume } from './volumes.ts';
import { emptyDir } from './volumes.ts';

/** What containers take from where they are. */
export interface ContainerPlace {
  readonly app: string;
  readonly bare: boolean;
  size(name: string): Resources;
}

/** The image as the manifest names it: without tag and digest where the folder's kustomization sets them. */
export function imageName(image: ImagePin | string, bare: boolean): string {
  if (typeof image === 'string') return image;
  return bare ? image.name : image.repository;
}

/** What a container asks for: said outright, by size, or nothing in the `bare` preset. */
export function sizeOf(props: Pick<ContainerProps, 'resources' | 'size'>, place: ContainerPlace): ResourcesInput | undefined {
  if (props.resources !== undefined) return props.resources;
  if (place.bare && props.size === undefined) return undefined;
  return place.size(props.size ?? 'small');
}

/** The fields that every container has. */
export function containerBase(name: string, props: ContainerProps, place: ContainerPlace) {
  const size = sizeOf(props, place);
  const securityContext = containerSecurity(props.securityContext, place.bare);
  return {
    name,
    image: imageName(props.image, place.bare),
    ...(props.imagePullPolicy !== undefined && { imagePullPolicy: props.imagePullPolicy }),
    ...(props.command !== undefined && { command: [...props.command] }),
    ...(props.args !== undefined && { args: [...props.args] }),
    ...(props.workingDir !== undefined && { workingDir: props.workingDir }),
    ...(props.envFrom !== undefined && props.envFrom.length > 0 && { envFrom: [...props.envFrom] }),
    ...(size !== undefined && { resources: resourceRequirements(size) }),
    ...(securityContext !== undefined && { securityContext }),
  };
}

/** A folder to write temporary files to, where the root file system can't be written. */
export function temporaryFolder(name: string, container: Pick<IContainer, 'securityContext'>, mounted: readonly string[]): PodVolume | undefined {
  if (container.securityContext?.readOnlyRootFilesystem !== true || mounted.includes('/tmp')) return undefined;
  return emptyDir(name, { mountPath: '/tmp', sizeLimit: '1Gi' });
}

/** An init container or a sidecar, and the volume that it brings. */
export function extraContainer(props: InitContainerProps & Pick<SidecarProps, 'ports' | 'probes'>, place: ContainerPlace): { readonly container: IContainer; readonly volumes: readonly PodVolume[] } {
  const base = containerBase(props.name, props, place);
  const mounts = Object.entries(props.mounts ?? {});
  const temporary = temporaryFolder(`tmp-${props.name}`.slice(0, 63), base, mounts.map(([, path]) => path));
  const volumeMounts = [...mounts.map(([name, mountPath]) => ({ name, mountPath })), ...(temporary === undefined ? [] : [{ name: temporary.name, mountPath: '/tmp' }])];
  const env = envVars([props.env ?? {}], place.app);
  const port = props.ports?.[0];
  const container: IContainer = {
    ...base,
    ...(props.ports !== undefined && props.ports.length > 0 && { ports: props.ports.map(containerPort) }),
    ...(env.length > 0 && { env }),
    ...containerProbes(props.probes, {}, port === undefined ? undefined : { port: port.port, target: port.name }),
    ...(volumeMounts.length > 0 && { volumeMounts }),
  };
  return { container, volumes: temporary === undefined ? [] : [temporary] };
}

/** A port as `ports` of a container has it. */
export function containerPort(port: { readonly name?: string; readonly port: number; readonly protocol?: 'TCP' | 'UDP' }) {
  return {
    ...(port.name !== undefined && { name: port.name }),
    containerPort: port.port,
    ...(port.protocol !== undefined && port.protocol !== 'TCP' && { protocol: port.protocol }),
  };
}
