import { describe, expect, it } from 'vitest';
import { at, listAt } from '../../../lib/values/fields.ts';
import { account, built, deliveryOf, everything, images, kmsKey, make, one, statementsOf } from './aws-fixture.ts';

const pipelineType = 'aws:codepipeline/pipeline:Pipeline';
const projectType = 'aws:codebuild/project:Project';
const policyType = 'aws:iam/rolePolicy:RolePolicy';
const id = 'images-eu/flask-api';
const codeCommit = (name: string): string => `arn:aws:codecommit:eu-central-1:${account}:${name}`;

describe('a pipeline of CodePipeline', () => {
  it('reads its branch of CodeCommit and builds it; the rule starts it, nothing polls', async () => {
    const { inputs } = one((await everything()).resources, pipelineType, `${id}/pipeline`);
    expect(inputs).toMatchObject({
      name: 'images-eu_flask-api', pipelineType: 'V2', executionMode: 'SUPERSEDED', roleArn: `arn:aws:iam::${account}:role/images-eu_flask-api_pipeline`,
      artifactStores: [{ location: 'images-eu-flask-api-0a1b2c', type: 'S3' }],
      stages: [
        { name: 'Source', actions: [{ provider: 'CodeCommit', outputArtifacts: ['source'], configuration: { RepositoryName: 'flask-api', BranchName: 'main', PollForSourceChanges: 'false', OutputArtifactFormat: 'CODE_ZIP' } }] },
        { name: 'Build', actions: [{ provider: 'CodeBuild', inputArtifacts: ['source'], configuration: { ProjectName: 'images-eu_flask-api' } }] },
      ],
    });
    expect(inputs).not.toHaveProperty('triggers');
  });

  it('is started by pushes to its branch of its repository alone', async () => {
    const { resources } = await everything();
    const pattern = (app: string): unknown => JSON.parse(String(one(resources, 'aws:cloudwatch/eventRule:EventRule', `images-eu/${app}/start`).inputs['eventPattern']));
    expect(pattern('flask-api')).toEqual({
      source: ['aws.codecommit'], 'detail-type': ['CodeCommit Repository State Change'], resources: [codeCommit('flask-api')],
      detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: ['main'] },
    });
    expect(at(pattern('elsewhere'), 'resources')).toEqual([codeCommit('old-source')]);
    const target = one(resources, 'aws:cloudwatch/eventTarget:EventTarget', `${id}/start`);
    expect(target.inputs).toMatchObject({ rule: 'images-eu_flask-api_push', arn: `arn:aws:codepipeline:eu-central-1:${account}:images-eu_flask-api`, roleArn: `arn:aws:iam::${account}:role/images-eu_flask-api_start` });
    expect(statementsOf(one(resources, policyType, `${id}/start`).inputs['policy'])).toMatchObject([{ actions: ['codepipeline:StartPipelineExecution'], resources: [target.inputs['arn']] }]);
  });

  it('may read its own repository of CodeCommit, start its own build, and use its own bucket', async () => {
    const { resources } = await everything();
    const bucket = 'arn:aws:s3:::images-eu-flask-api-0a1b2c';
    expect(statementsOf(one(resources, policyType, `${id}/pipeline`).inputs['policy']).map((each) => [each.actions, each.resources])).toEqual([
      [['s3:GetBucketAcl', 's3:GetBucketLocation', 's3:GetBucketVersioning'], [bucket]],
      [['s3:GetObject', 's3:GetObjectVersion'], [`${bucket}/*`]],
      [['s3:PutObject', 's3:PutObjectAcl'], [`${bucket}/*`]],
      [['codecommit:CancelUploadArchive', 'codecommit:GetBranch', 'codecommit:GetCommit', 'codecommit:GetRepository', 'codecommit:GetUploadArchiveStatus', 'codecommit:UploadArchive'], [codeCommit('flask-api')]],
      [['codebuild:BatchGetBuilds', 'codebuild:StartBuild'], [`arn:aws:codebuild:eu-central-1:${account}:project/images-eu_flask-api`]],
    ]);
  });

  it('reads GitHub by its connection alone, whose own trigger starts it for its branch', async () => {
    const { resources } = await everything();
    const { inputs } = one(resources, pipelineType, 'images-eu/linked/pipeline');
    expect(inputs['triggers']).toEqual([{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Source', pushes: [{ branches: { includes: ['main'] } }] } }]);
    expect(at(listAt(listAt(inputs, 'stages')[0], 'actions')[0], 'configuration')).toEqual({ ConnectionArn: `arn:aws:codestar-connections:eu-central-1:${account}:connection/c0`, FullRepositoryId: 'acme/linked', BranchName: 'main', DetectChanges: 'false', OutputArtifactFormat: 'CODE_ZIP' });
    expect(statementsOf(one(resources, policyType, 'images-eu/linked/pipeline').inputs['policy']).filter(({ actions }) => actions.some((action) => action.includes('onnection'))).map((each) => [each.actions, each.resources])).toEqual([
      [['codeconnections:UseConnection', 'codestar-connections:UseConnection'], [`arn:aws:codeconnections:eu-central-1:${account}:connection/c0`, `arn:aws:codestar-connections:eu-central-1:${account}:connection/c0`]],
    ]);
    expect(resources.filter(({ name, type }) => name.startsWith('images-eu/linked/') && /event(Rule|Target):/.test(type))).toEqual([]);
  });

  it('starts once its roles may do what they do and its bucket is as it should be', async () => {
    const { resources } = await everything();
    const needed = one(resources, pipelineType, `${id}/pipeline`).dependsOn.map((urn) => urn.split('::')[2]?.split('$').at(-1));
    for (const type of ['iam/rolePolicy:RolePolicy', 's3/bucketPolicy:BucketPolicy', 's3/bucketPublicAccessBlock:BucketPublicAccessBlock', 's3/bucketVersioning:BucketVersioning', 's3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', 's3/bucketLifecycleConfiguration:BucketLifecycleConfiguration']) expect(needed).toContain(`aws:${type}`);
    expect(one(resources, projectType, `${id}/build`).dependsOn).toContain(one(resources, policyType, `${id}/build`).urn);
  });
});

describe('the build of a pipeline', () => {
  it('runs Docker, keeps its log, and is told where each image goes', async () => {
    const { resources } = await everything();
    const registry = `${account}.dkr.ecr.eu-central-1.amazonaws.com`;
    expect(one(resources, projectType, `${id}/build`).inputs).toMatchObject({
      serviceRole: `arn:aws:iam::${account}:role/images-eu_flask-api_build`,
      buildTimeout: 60,
      source: { type: 'CODEPIPELINE', buildspec: 'ci/buildspec.yml' },
      logsConfig: { cloudwatchLogs: { groupName: '/aws/codebuild/images-eu_flask-api', status: 'ENABLED' } },
      environment: {
        type: 'LINUX_CONTAINER', computeType: 'BUILD_GENERAL1_SMALL', image: 'aws/codebuild/standard:7.0', imagePullCredentialsType: 'CODEBUILD', privilegedMode: true,
        environmentVariables: [
          { name: 'SLIPWAY_APP', value: 'flask-api', type: 'PLAINTEXT' },
          { name: 'SLIPWAY_BRANCH', value: 'main', type: 'PLAINTEXT' },
          { name: 'SLIPWAY_IMAGE_MAIN', value: `${registry}/flask-api`, type: 'PLAINTEXT' },
          { name: 'SLIPWAY_IMAGE_WORKER', value: `${registry}/flask-api/worker`, type: 'PLAINTEXT' },
        ],
      },
    });
    expect(one(resources, 'aws:cloudwatch/logGroup:LogGroup', `${id}/build`).inputs['retentionInDays']).toBe(90);
  });

  it('gets a machine for ARM with an image for ARM, and pulls an image of one\'s own as its role', async () => {
    const environment = async (image: string): Promise<unknown> => one((await make(deliveryOf([{ app: 'x', team: 'ops', images: images({ main: 'x' }), pipeline: built({ image }) }]))).resources, projectType, 'images-eu/x/build').inputs['environment'];
    expect(await environment('aws/codebuild/amazonlinux-aarch64-standard:3.0')).toMatchObject({ type: 'ARM_CONTAINER', imagePullCredentialsType: 'CODEBUILD' });
    expect(await environment('public.ecr.aws/acme/builder:1')).toMatchObject({ type: 'LINUX_CONTAINER', imagePullCredentialsType: 'SERVICE_ROLE' });
  });
});

describe('the bucket of a pipeline', () => {
  it('is encrypted, versioned, closed to the public, emptied by time, and goes with its pipeline: it holds copies', async () => {
    const { resources } = await everything();
    const of = (type: string) => one(resources, `aws:s3/${type}`, `${id}/pipeline`);
    const bucket = 'images-eu-flask-api-0a1b2c';
    expect(of('bucket:Bucket')).toMatchObject({ protect: false, inputs: { bucketPrefix: 'images-eu-flask-api-', forceDestroy: true } });
    expect(of('bucketVersioning:BucketVersioning').inputs).toMatchObject({ bucket, versioningConfiguration: { status: 'Enabled' } });
    expect(of('bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration').inputs).toMatchObject({ bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' }, bucketKeyEnabled: false }] });
    expect(of('bucketPublicAccessBlock:BucketPublicAccessBlock').inputs).toEqual({ bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });
    expect(of('bucketLifecycleConfiguration:BucketLifecycleConfiguration').inputs).toMatchObject({ bucket, rules: [{ status: 'Enabled', expiration: { days: 30 }, noncurrentVersionExpiration: { noncurrentDays: 1 }, abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } }] });
    expect(statementsOf(of('bucketPolicy:BucketPolicy').inputs['policy'])).toMatchObject([{ effect: 'Deny', principal: '*', resources: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`], condition: { Bool: { 'aws:SecureTransport': 'false' } } }]);
  });

  it('is encrypted by the key that is named, and so are the artifacts', async () => {
    const { resources } = await everything({ kmsKey });
    expect(one(resources, 'aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration', `${id}/pipeline`).inputs['rules']).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKey }, bucketKeyEnabled: true }]);
    expect(one(resources, pipelineType, `${id}/pipeline`).inputs['artifactStores']).toMatchObject([{ encryptionKey: { id: kmsKey, type: 'KMS' } }]);
    expect(one(resources, projectType, `${id}/build`).inputs['encryptionKey']).toBe(kmsKey);
  });

  it('is one of the pipeline\'s own', async () => {
    const { resources } = await everything();
    expect(resources.filter(({ type }) => type === 'aws:s3/bucket:Bucket').map(({ inputs }) => inputs['bucketPrefix'])).toEqual(['images-eu-elsewhere-', 'images-eu-flask-api-', 'images-eu-linked-']);
  });
});
