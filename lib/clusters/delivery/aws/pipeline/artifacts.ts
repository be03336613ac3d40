import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';
import { boundedName } from '../names.ts';
import { policyOf, type Statement } from '../policy.ts';

/** Days for which a pipeline's artifacts are kept: copies of what Git has, needed until their build is through. */
const artifactDays = 30;

/** The bucket by which the stages of one pipeline hand on their artifacts, and what makes it as it should be. */
export interface ArtifactBucket {
  readonly bucket: aws.s3.Bucket;
  readonly settings: readonly pulumi.Resource[];
}

/** Makes the bucket of a pipeline: encrypted, versioned, closed to the public and to whoever doesn't encrypt the way, emptied by time. It holds copies, so that it goes with its pipeline. */
export function artifactBucket(id: string, { name, kmsKey, tags }: { readonly name: string; readonly kmsKey: string | undefined; readonly tags: Record<string, string> }, opts: pulumi.CustomResourceOptions): ArtifactBucket {
  const made = new aws.s3.Bucket(id, { bucketPrefix: boundedName(`${name}-`, 37), forceDestroy: true, tags }, opts);
  const bucket = made.bucket;
  const encryption = kmsKey === undefined ? { sseAlgorithm: 'AES256' } : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKey };
  const versioning = new aws.s3.BucketVersioning(id, { bucket, versioningConfiguration: { status: 'Enabled' } }, opts);
  const block = new aws.s3.BucketPublicAccessBlock(id, { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true }, opts);
  return {
    bucket: made,
    settings: [
      versioning,
      block,
      new aws.s3.BucketServerSideEncryptionConfiguration(id, { bucket, rules: [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: kmsKey !== undefined }] }, opts),
      new aws.s3.BucketLifecycleConfiguration(id, {
        bucket,
        rules: [{
          id: 'artifacts',
          status: 'Enabled',
          filter: { prefix: '' },
          expiration: { days: artifactDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
        }],
      }, { ...opts, dependsOn: [versioning] }),
      // S3 takes one change of a bucket's access at a time.
      new aws.s3.BucketPolicy(id, { bucket, policy: policyOf([withoutTls(made)]) }, { ...opts, dependsOn: [block] }),
    ],
  };
}

function withoutTls({ arn }: aws.s3.Bucket): Statement {
  return { Effect: 'Deny', Action: ['s3:*'], Principal: '*', Resource: [arn, objectsOf(arn)], Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
}

/** All objects of a bucket, for a policy. */
function objectsOf(arn: pulumi.Output<string>): pulumi.Output<string> {
  return arn.apply((bucket) => `${bucket}/*`);
}

/** What reads artifacts. */
export function readArtifacts({ bucket }: ArtifactBucket): readonly Statement[] {
  return [
    { Effect: 'Allow', Action: ['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'], Resource: bucket.arn },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objectsOf(bucket.arn) },
  ];
}

/** What brings artifacts. */
export function writeArtifacts({ bucket }: ArtifactBucket): readonly Statement[] {
  return [{ Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectAcl'], Resource: objectsOf(bucket.arn) }];
}
