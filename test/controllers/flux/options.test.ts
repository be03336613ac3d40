import { describe, expect, it } from 'vitest';
import { flux } from '../../../lib/model/flux-options.ts';
import { clusterSchema } from '../../../lib/model/cluster.ts';
import { parseWith } from '../../../lib/model/schema.ts';
import { describeProblem } from '../../../lib/values/errors.ts';

/** All that is wrong with settings of Flux. */
function problemsOf(options: object): string[] {
  return parseWith(clusterSchema, { name: 'c', provider: 'existing', kubernetes: '1.35', controller: { ...flux(), ...options } }, 'c.ts').problems.map(describeProblem);
}

describe('settings of Flux', () => {
  it('are all optional', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each([
    ['a version that its Kustomizations outrun', { version: '2.9.3' }, 'controller.version: expected 2.9.4 or later, got 2.9.3'],
    ['an old minor', { version: '1.20.0' }, 'controller.version: expected 2.9.4 or later, got 1.20.0'],
    ['a version with a v', { version: 'v2.9.4' }, 'without a leading "v"'],
    ['an interval without a unit', { interval: '10' }, 'controller.interval: expected a duration such as 30s, 5m or 1h30m'],
    ['an interval that Go takes and Flux does not', { poll: '500us' }, 'controller.poll: expected a duration'],
    ['no interval at all', { timeout: '0s' }, 'controller.timeout: expected a duration such as 30s, 5m or 1h30m, longer than nothing'],
    ['two source controllers', { components: { source: { replicas: 2 } } }, 'controller.components.source.replicas: unknown field.'],
    ['a controller that does not exist', { components: { kustomise: {} } }, 'controller.components.kustomise: unknown field.'],
    ['settings of a controller that is not installed', { components: { imageReflector: { concurrent: 5 } } }, 'controller.components.imageReflector: expected imageAutomation: true beside it'],
    ['webhooks without the controller that takes them', { components: { notifications: false }, receivers: [{ type: 'github', secret: 'x' }] }, 'controller.components.notifications: expected the notification controller beside receivers, got false'],
    ['two webhooks of one name', { receivers: [{ type: 'github', secret: 'x' }, { type: 'gitlab', secret: 'y' }] }, 'controller.receivers[1].name: expected a name of its own, got "runtime-repo" again'],
    ['a webhook of an unknown sender', { receivers: [{ type: 'gitea', secret: 'x' }] }, 'controller.receivers[0].type: expected one of bitbucket, generic, generic-hmac, github, gitlab'],
    ['no shard', { shards: 0 }, 'controller.shards: expected more than 0'],
    ['shards of a version whose image is unknown', { version: '2.10.1', shards: 2 }, 'controller.shards: expected a version of Flux whose kustomize-controller Slipway knows (2.9.4), got 2.10.1'],
    ['a mirror with a scheme', { images: { mirror: 'https://registry.acme.example' } }, 'controller.images.mirror: expected a registry with an optional path'],
    ['a Secret that Kubernetes does not take', { verify: { secret: 'No_Secret' } }, 'controller.verify.secret: expected a DNS subdomain'],
    ['a limit below the request', { components: { kustomize: { resources: { cpu: '1', memory: '1Gi', cpuLimit: '500m' } } } }, 'controller.components.kustomize.resources.cpuLimit: expected a limit of at least the request 1'],
  ])('refuse %s', (_, options, message) => {
    const problems = problemsOf(options);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it('accept later versions', () => {
    for (const version of ['2.9.4', '2.9.10', '2.10.0', '3.0.0']) expect(problemsOf({ version })).toEqual([]);
  });
});
