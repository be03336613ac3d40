import type { IPodSpec } from 'kubernetes-models/v1/PodSpec';
import type { NetworkPolicyOptions } from '../../network/network-policy-options.ts';
import type { ContainerProps } from '../../python-app/container-props.ts';

/** What `jobRun()` takes (`metrics[].provider.job`). */
export interface JobRunOptions extends Omit<ContainerProps, 'command' | 'image'> {
  /** What runs, as a list and never as a shell line; texts may hold `{{args.<name>}}` (`containers[].command`). */
  readonly command: readonly string[];
  /** What it runs in: a pin of the environment or an image with its version. @default - the app's own image, at the version of the environment */
  readonly image?: ContainerProps['image'];
  /** Seconds after which it is ended as failed, retries included (`activeDeadlineSeconds`). @default 300 */
  readonly deadlineSeconds?: number;
  /** Retries of a failed pod within one measurement (`backoffLimit`). @default 0 */
  readonly retries?: number;
  /** Account of its pods (`serviceAccountName`); its token is mounted. @default - none: the namespace's default account without its token */
  readonly serviceAccount?: string;
  /** Labels of the Job and its pods beside the standard ones. @default {} */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the Job and its pods. @default {} */
  readonly annotations?: Readonly<Record<string, string>>;
  /** What its pods may reach beside DNS and the app's own pods; `false` for no policy. @default - nothing more */
  readonly networkPolicy?: NetworkPolicyOptions | false;
  /** Fields of the Job that the others don't cover (`spec`), over what follows from them. @default {} */
  readonly job?: Readonly<Record<string, unknown>>;
  /** Fields of the pod that the others don't cover (`template.spec`), over what follows from them. @default {} */
  readonly pod?: Partial<IPodSpec>;
}

/** A Job that succeeds or fails: the measurement is how it ends. It has no `result` for conditions. */
export interface JobRun extends JobRunOptions {
  readonly provider: 'job';
}

/** Measures by a Job in the app's namespace: `jobRun({ command: ['python', '-m', 'smoke', 'http://{{args.service}}'] })`. Its image that can't be pulled is inconclusive. */
export function jobRun(options: JobRunOptions): JobRun {
  return { provider: 'job', ...options };
}
