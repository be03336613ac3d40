import * as aws from '@pulumi/aws';
import type * as pulumi from '@pulumi/pulumi';

/** A role, with the policies that are attached to it. */
export interface AttachedRole {
  readonly arn: pulumi.Output<string>;
  readonly attachments: readonly aws.iam.RolePolicyAttachment[];
}

/** A role that a service of AWS takes on, with policies that AWS maintains. */
export function serviceRole(name: string, service: string, policies: readonly string[], opts: pulumi.CustomResourceOptions): AttachedRole {
  return roleFor(name, [{ Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: service } }], policies, opts);
}

/** A role that pods take on by EKS Pod Identity: no key is stored anywhere. */
export function podRole(name: string, policies: readonly string[], opts: pulumi.CustomResourceOptions): AttachedRole {
  return roleFor(name, [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }], policies, opts);
}

function roleFor(name: string, statements: readonly object[], policies: readonly string[], opts: pulumi.CustomResourceOptions): AttachedRole {
  const role = new aws.iam.Role(name, { name, assumeRolePolicy: JSON.stringify({ Version: '2012-10-17', Statement: statements }) }, opts);
  const attachments = policies.map((policy) => new aws.iam.RolePolicyAttachment(`${name}-${policy.split('/').at(-1) ?? policy}`, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` }, opts));
  return { arn: role.arn, attachments };
}
