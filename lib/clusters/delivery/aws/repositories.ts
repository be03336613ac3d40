import * as aws from '@pulumi/aws';
import * as pulumi from '@pulumi/pulumi';
import type { AppDelivery, ImageRepositories } from '../../../model/delivery/delivery.ts';
import { compareText } from '../../../values/errors.ts';
import type { DeliveryOf } from '../delivery.ts';
import { partitionOf } from './names.ts';
import { policyOf, type Statement } from './policy.ts';
import { appTags } from './tags.ts';

/** An app's image repositories, by the image's key in the app's `images`. */
export type MadeRepositories = Readonly<Record<string, aws.ecr.Repository>>;

/** Makes a repository of ECR for each image of an app: encrypted, scanned, its tags kept, old images deleted, never deleted itself by mistake. */
export function imageRepositories({ name, cloud }: DeliveryOf<'aws'>, delivered: AppDelivery, opts: pulumi.CustomResourceOptions): MadeRepositories {
  const { images } = delivered;
  if (images === undefined) return {};
  const rules = lifecycleRules(images);
  return Object.fromEntries(Object.entries(images.names).sort(([a], [b]) => compareText(a, b)).map(([key, repositoryName]) => {
    const id = `${name}/${delivered.app}/${key}`;
    const repository = new aws.ecr.Repository(id, {
      name: repositoryName,
      imageTagMutability: images.immutableTags ? 'IMMUTABLE' : 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: images.scan },
      encryptionConfigurations: [cloud.kmsKey === undefined ? { encryptionType: 'AES256' } : { encryptionType: 'KMS', kmsKey: cloud.kmsKey }],
      forceDelete: false,
      tags: appTags(delivered),
    }, { ...opts, protect: true });
    if (rules.length > 0) new aws.ecr.LifecyclePolicy(id, { repository: repository.name, policy: JSON.stringify({ rules }) }, opts);
    if (images.readers.length > 0) new aws.ecr.RepositoryPolicy(id, { repository: repository.name, policy: policyOf([readersOf(images.readers, cloud.region)]) }, opts);
    return [key, repository];
  }));
}

/** Rules by which ECR deletes images; it never deletes one that a tagged image for several platforms consists of. */
function lifecycleRules({ keep, untaggedDays }: ImageRepositories): readonly object[] {
  const rules = [
    ...(untaggedDays === undefined ? [] : [{ description: `images without a tag go after ${untaggedDays} days`, selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: untaggedDays } }]),
    ...(keep === 'all' ? [] : [{ description: `the newest ${keep} tagged images stay`, selection: { tagStatus: 'tagged', tagPatternList: ['*'], countType: 'imageCountMoreThan', countNumber: keep } }]),
  ];
  return rules.map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: 'expire' } }));
}

/** Lets other accounts pull, and list what there is to pull: image automation looks for new tags. They have to allow it too. */
function readersOf(readers: readonly string[], region: string): Statement {
  return {
    Effect: 'Allow',
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImages'],
    Principal: { AWS: readers.map((account) => `arn:${partitionOf(region)}:iam::${account}:root`) },
  };
}

/** The account that everything is made in, as a repository of images tells it: a pipeline always has one. */
export function accountOf(repositories: MadeRepositories): pulumi.Output<string> {
  const [first] = Object.values(repositories);
  return first === undefined ? pulumi.output('') : first.registryId;
}

/** What it takes to push images to repositories, and to see what is there already. */
export function pushStatements(repositories: MadeRepositories): readonly Statement[] {
  return [
    // The one action of all policies here for which AWS knows no resource: a token for the registry, which opens nothing by itself.
    { Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: '*' },
    {
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:CompleteLayerUpload', 'ecr:DescribeImageScanFindings', 'ecr:DescribeImages',
        'ecr:GetDownloadUrlForLayer', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart',
      ],
      Resource: Object.values(repositories).map(({ arn }) => arn),
    },
  ];
}
