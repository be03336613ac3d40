import { Construct } from 'constructs';
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import { z } from 'zod';
import { checkedText } from '../../model/schema.ts';
import { Manifest } from '../manifest.ts';
import { metadataFor } from '../network/metadata.ts';
import { cronScheduleProblem, timeZoneProblem } from './cron-schedule.ts';
import { jobPod, jobPodFields, type JobPodProps } from './job-pod.ts';
import { pickOptions } from './pick-options.ts';

/** When and how a scheduled task runs. */
export interface ScheduleOptions {
  /** When, as cron writes it (`schedule`): minute, hour, day of the month, month, day of the week, or a macro such as `@daily`. */
  readonly schedule: string;
  /** Time zone of the schedule (`timeZone`). @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** What happens while the last run still runs (`concurrencyPolicy`). @default 'Forbid': the new one is left out */
  readonly concurrencyPolicy?: 'Allow' | 'Forbid' | 'Replace';
  /** Seconds by which a run may start late (`startingDeadlineSeconds`); after that it is left out. @default 300 */
  readonly startingDeadlineSeconds?: number;
  /** Seconds after which a run is ended, retries included (`activeDeadlineSeconds`): one that hangs would keep all others from starting. @default 3600 */
  readonly activeDeadlineSeconds?: number;
  /** Retries of a failed run (`backoffLimit`). @default 2 */
  readonly backoffLimit?: number;
  /** Runs that ended well and are kept for their logs (`successfulJobsHistoryLimit`). @default 3 */
  readonly successfulJobsHistoryLimit?: number;
  /** Failed runs that are kept for their logs (`failedJobsHistoryLimit`). @default 3 */
  readonly failedJobsHistoryLimit?: number;
  /** Seconds for which any ended run is kept at most (`ttlSecondsAfterFinished`). @default - none: the two limits decide */
  readonly ttlSecondsAfterFinished?: number;
  /** Whether no runs are started (`suspend`). @default false */
  readonly suspend?: boolean;
}

/** What `new ScheduledTask(scope, id, props)` takes. */
export interface ScheduledTaskProps extends ScheduleOptions, JobPodProps {}

/** What a scheduled task is where nothing is said. */
export const scheduledTaskDefaults = {
  timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, activeDeadlineSeconds: 3600, backoffLimit: 2,
  successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3, suspend: false,
} as const;

const seconds = z.int().min(1).max(31_536_000);
const history = z.int().min(0).max(100);
const fields = {
  schedule: checkedText(cronScheduleProblem),
  timeZone: checkedText(timeZoneProblem).optional(),
  concurrencyPolicy: z.enum(['Allow', 'Forbid', 'Replace']).optional(),
  // The controller looks every 10 seconds: a shorter deadline would leave runs out.
  startingDeadlineSeconds: z.int().min(10, 'expected at least 10 seconds: the controller looks every 10').max(31_536_000).optional(),
  activeDeadlineSeconds: seconds.optional(),
  backoffLimit: z.int().min(0).max(100).optional(),
  successfulJobsHistoryLimit: history.optional(),
  failedJobsHistoryLimit: history.optional(),
  ttlSecondsAfterFinished: z.int().min(0).max(31_536_000).optional(),
  suspend: z.boolean().optional(),
};
const schema = z.strictObject({ ...jobPodFields, ...fields });
/** The controller adds 11 characters to name a run. */
const longestName = 52;

/** A task that runs by the clock: `new ScheduledTask(chart, 'report', { sameAs: web, schedule: '0 6 * * MON-FRI', command: ['python', '-m', 'storefront.report'] })`. */
export class ScheduledTask extends Construct {
  /** Its CronJob. @default - undefined when something was wrong */
  readonly cronJob: Manifest<ICronJob> | undefined;

  constructor(scope: Construct, id: string, props: ScheduledTaskProps) {
    super(scope, id);
    const made = jobPod(this, id, schema, props, longestName);
    if (made === undefined) return;
    const { schedule, suspend, ttlSecondsAfterFinished, activeDeadlineSeconds, backoffLimit, ...said } = pickOptions<ScheduleOptions, ScheduledTaskProps>(props, fields).options;
    const { suspend: _, activeDeadlineSeconds: deadline, backoffLimit: retries, ...defaults } = scheduledTaskDefaults;
    this.cronJob = new Manifest<ICronJob>(this, 'cron-job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadataFor(made.identity),
      spec: {
        schedule,
        ...defaults,
        ...said,
        ...(suspend === true && { suspend }),
        jobTemplate: {
          spec: {
            backoffLimit: backoffLimit ?? retries,
            activeDeadlineSeconds: activeDeadlineSeconds ?? deadline,
            ...(ttlSecondsAfterFinished !== undefined && { ttlSecondsAfterFinished }),
            template: made.pod.template,
          },
        },
      },
    }, { withoutNamespace: true });
  }
}
