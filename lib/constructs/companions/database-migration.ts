import { Construct } from 'constructs';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import { z } from 'zod';
import { contentHash } from '../../values/content-hash.ts';
import { Manifest, type ManifestValue } from '../manifest.ts';
import { metadataFor } from '../network/metadata.ts';
import type { PodProps } from '../python-app/pod-props.ts';
import { jobPod, jobPodFields, type JobPodProps } from './job-pod.ts';
import { withShared } from './same-as.ts';

/** What `new DatabaseMigration(scope, id, props)` takes. */
export interface DatabaseMigrationProps extends JobPodProps {
  /** Retries of a failed run (`backoffLimit`). @default 3 */
  readonly backoffLimit?: number;
  /** Seconds after which it is ended as failed, retries included (`activeDeadlineSeconds`). @default 1800 */
  readonly activeDeadlineSeconds?: number;
  /** Any text: another one runs the migration again although nothing else changed. @default - none */
  readonly retry?: string;
}

/** What a migration is where nothing is said. */
export const databaseMigrationDefaults = { backoffLimit: 3, activeDeadlineSeconds: 1800 } as const;

const schema = z.strictObject({
  ...jobPodFields,
  backoffLimit: z.int().min(0).max(100).optional(),
  activeDeadlineSeconds: z.int().min(1).max(604_800).optional(),
  retry: z.string().min(1).max(200).optional(),
});

/** Argo CD's order within one sync: what the migration reads, the migration, then everything else at wave 0. */
export const migrationWaves = { reads: '-2', job: '-1' } as const;
const waveAnnotation = 'argocd.argoproj.io/sync-wave';
/** A Job's name is at most 63 characters, since its pods carry it as a label; the hash and its dash take 11. */
const longestName = 52;

/**
 * A migration that ends before the new version takes traffic: `new DatabaseMigration(chart, 'migrate', { sameAs: web, command: ['alembic',
 * 'upgrade', 'head'] })`. A Job in the app's `pre/` folder, with all that it reads, named by the hash of its pod template, its image's
 * version and `retry`: each version runs once. The running version goes on with the new schema, so migrations expand first and contract later.
 */
export class DatabaseMigration extends Construct {
  /** Its Job. @default - undefined when something was wrong */
  readonly job: Manifest<IJob> | undefined;

  constructor(scope: Construct, id: string, props: DatabaseMigrationProps) {
    super(scope, id);
    const made = jobPod(this, id, schema, props, longestName);
    if (made === undefined) return;
    const { identity, pod, policy } = made;
    const name = `${identity.name}-${contentHash({ template: pod.template, images: imagesOf(withShared(props)), retry: props.retry })}`;
    this.job = new Manifest<IJob>(this, 'job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: metadataFor(identity, { name, annotations: { [waveAnnotation]: migrationWaves.job } }),
      spec: {
        backoffLimit: props.backoffLimit ?? databaseMigrationDefaults.backoffLimit,
        activeDeadlineSeconds: props.activeDeadlineSeconds ?? databaseMigrationDefaults.activeDeadlineSeconds,
        template: pod.template,
      },
    }, { withoutNamespace: true }).beforeApp();
    for (const read of new Set([...pod.reads, ...(props.sameAs?.pod?.reads ?? []), ...(policy === undefined ? [] : [policy as Manifest<ManifestValue>])])) moveBefore(read);
  }
}

/** The versions of the images, which stand in the folder's kustomization and not in the object. */
function imagesOf(props: Pick<PodProps, 'image' | 'initContainers' | 'sidecars'>): PodProps['image'][] {
  return [props.image, ...[...(props.initContainers ?? []), ...(props.sidecars ?? [])].map((container) => container.image)];
}

/** Moves what the migration reads to the `pre/` folder. A secret encrypted by SOPS gets no annotation: its signature covers them, and Argo CD, which would read it, takes no such app. */
function moveBefore(read: Manifest<ManifestValue>): void {
  read.beforeApp();
  if ('sops' in read.value) return;
  read.patch((value) => {
    const metadata = (value.metadata ?? {}) as { readonly annotations?: Readonly<Record<string, string>> };
    value.metadata = { ...metadata, annotations: { ...metadata.annotations, [waveAnnotation]: migrationWaves.reads } };
  });
}
