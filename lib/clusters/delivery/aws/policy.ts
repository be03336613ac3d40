import * as pulumi from '@pulumi/pulumi';

/** A statement of a policy, as far as policies are written here. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Principal?: '*' | Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>>;
}

/** A policy's JSON; known as soon as every name in it is. */
export function policyOf(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: '2012-10-17', Statement: statements });
}

/** Lets a service of AWS take on a role, on behalf of what its conditions say. */
export function serviceTrust(service: string, conditions?: Statement['Condition']): pulumi.Output<string> {
  return policyOf([{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: service }, ...(conditions !== undefined && { Condition: conditions }) }]);
}

/** What may be done with the key that encrypts a delivery: nothing where AWS's own keys do. */
export function keyUse(kmsKey: string | undefined): readonly Statement[] {
  if (kmsKey === undefined) return [];
  return [{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], Resource: kmsKey }];
}
