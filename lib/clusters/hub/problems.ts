import type { Cluster } from '../../model/cluster.ts';
import type { Problem } from '../../values/errors.ts';
import { shown } from '../../values/shown.ts';
import type { StackSettings } from '../settings.ts';

const settingsOfHubs = ['hubKubeconfig', 'hubRole', 'hubStack'] as const;

/** What is wrong with a stack's settings about the hub of its cluster: told before anything is made. */
export function hubProblems({ infrastructure, managedBy, name }: Cluster, settings: StackSettings): Problem[] {
  const { hubKubeconfig, hubRole, hubStack } = settings;
  const remove = (key: string): string => `pulumi config rm slipway:${key}`;
  if (managedBy === 'self') {
    return settingsOfHubs.filter((key) => settings[key] !== undefined).map((key) => ({ where: `slipway:${key}`, message: `expected nothing, because ${name} manages itself and has no hub`, fix: `${remove(key)}, or name the hub: managedBy in the file of ${name}` }));
  }
  const problems: Problem[] = [];
  if (hubKubeconfig !== undefined && hubStack !== undefined) {
    problems.push({ where: 'slipway:hubKubeconfig', message: 'expected one way to reach the hub, got its kubeconfig and its stack (slipway:hubStack)', fix: `${remove('hubKubeconfig')}, or ${remove('hubStack')}` });
  }
  if (hubStack !== undefined && !/^[^/\s]+\/[^/\s]+\/[^/\s]+$/.test(hubStack)) {
    problems.push({ where: 'slipway:hubStack', message: `expected <organization>/<project>/<stack>, got ${shown(hubStack)}`, fix: `write such as organization/slipway/${managedBy}; \`pulumi stack ls --all\` knows them` });
  }
  if (hubRole !== undefined && infrastructure.kind !== 'eks') {
    problems.push({ where: 'slipway:hubRole', message: `expected nothing on a cluster of provider ${infrastructure.kind}, which knows no roles of AWS`, fix: `${remove('hubRole')}: the hub gets a token` });
  } else if (hubRole !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(hubRole)) {
    problems.push({ where: 'slipway:hubRole', message: `expected the ARN of an IAM role, got ${shown(hubRole)}`, fix: 'write such as arn:aws:iam::123456789012:role/argo-cd' });
  }
  return problems;
}
