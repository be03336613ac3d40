import type { IEnvFromSource } from 'kubernetes-models/v1/EnvFromSource';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';
import type { ImagePin } from '../../model/context.ts';
import type { ResourcesInput } from '../../model/sizes.ts';
import type { EnvInput } from './env.ts';
import type { ProbesProps } from './probe-props.ts';

/** A port of a container. */
export interface PortProps {
  /** Its name (`ports[].name`): what Services, probes and policies call it. */
  readonly name: string;
  /** Its number (`ports[].containerPort`). */
  readonly port: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP';
}

/** What every container has, the app's own, an init container or a sidecar. */
export interface ContainerProps {
  /** The image: a pin of the environment, or an image by name (with its tag or digest where no pin sets them). */
  readonly image: ImagePin | string;
  /** Entry point (`command`). @default - the image's */
  readonly command?: readonly string[];
  /** Arguments (`args`). @default - the image's */
  readonly args?: readonly string[];
  /** Working directory (`workingDir`). @default - the image's */
  readonly workingDir?: string;
  /** When the image is pulled (`imagePullPolicy`). @default - none written: IfNotPresent, right for images with a digest */
  readonly imagePullPolicy?: 'Always' | 'IfNotPresent' | 'Never';
  /** Environment variables (`env`). A literal that looks like a secret is refused. @default {} */
  readonly env?: Readonly<Record<string, EnvInput>>;
  /** ConfigMaps and Secrets whose keys become environment variables (`envFrom`). @default [] */
  readonly envFrom?: readonly IEnvFromSource[];
  /** Size by name, as the environment defines it. @default 'small' */
  readonly size?: string;
  /** Requests and limits (`resources`) said outright. @default - those of `size` */
  readonly resources?: ResourcesInput;
  /** Security context (`securityContext`), merged over the default. @default - restricted: no privileges, read-only root file system */
  readonly securityContext?: ISecurityContext;
}

/** A container that runs to its end before the app starts. */
export interface InitContainerProps extends ContainerProps {
  /** Its name: a DNS label, unique in the pod. */
  readonly name: string;
  /** Volumes of the pod by name -> path in this container (`volumeMounts`). @default {} */
  readonly mounts?: Readonly<Record<string, string>>;
}

/** A container beside the app. */
export interface SidecarProps extends InitContainerProps {
  /** Its ports (`ports`). @default [] */
  readonly ports?: readonly PortProps[];
  /** Its probes. @default - none */
  readonly probes?: ProbesProps;
  /** Whether it starts before the app and stops after it (an init container with `restartPolicy: Always`). @default true */
  readonly native?: boolean;
}
