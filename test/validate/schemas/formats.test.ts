import { describe, expect, it } from 'vitest';
import { isCidr, isStrictlyInside } from '../../../lib/validate/schemas/addresses.ts';
import { formats } from '../../../lib/validate/schemas/formats.ts';
import { fieldPath } from '../../../lib/validate/schemas/issue.ts';

/** Each format with values that the API server takes and values that it refuses. */
const table: Readonly<Record<string, readonly [good: readonly (string | number)[], bad: readonly (string | number)[]]>> = {
  configKey: [['a.b-c_D', '.env', 'x'.repeat(253)], ['..x', '.', 'a b', 'a/b', 'x'.repeat(254)]],
  resourceName: [['cpu', 'hugepages-2Mi', 'nvidia.com/gpu'], ['cpus', 'gpu', 'storage', 'a/b/c']],
  quotaName: [['pods', 'requests.cpu', 'limits.memory', 'count/deployments.apps', 'services.nodeports'], ['pod', 'requests.cpux', 'limits.storage']],
  pathSegment: [['system:view', 'a b'], ['a/b', '..', '.', '50%', '']],
  headerName: [['X-Probe'], ['X Probe', '']],
  cidr: [['10.0.0.0/8', 'fd00::/8', '0.0.0.0/0'], ['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '::/129', '10.0.0.0/08']],
  ip: [['10.0.0.1', '::1'], ['10.0.0', '010.0.0.1', 'fe80::1%eth0']],
  clusterIP: [['None', '10.0.0.1'], ['none', 'x']],
  localPath: [['a/b', 'a..b'], ['/a', '../a', 'a/../b']],
  cron: [['* * * * *', '*/15 2-4 1,15 jan MON-FRI', '@daily', '@every 90s', '0 0 ? * 0'], ['* * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '*/0 * * * *', '5-1 * * * *', '@often', 'TZ=UTC * * * * *', '* * * * 7']],
  timeZone: [['Europe/Berlin', 'Etc/UTC', 'UTC', 'US/Pacific'], ['Local', 'Berlin', 'Europe/Nowhere', '', 'europe/berlin', 'Europe/berlin', 'ETC/UTC']],
  percentOrCount: [[0, 3, '25%', '150%'], [-1, '25', '-5%', '', '2.5%']],
  upTo100Percent: [['100%', 7], ['101%', -1]],
  portOrName: [[1, 65535, 'http'], [0, 65536, 'HTTP', '80', 'a-very-long-port-name', '']],
  nodePort: [[30000, 32767, 0], [80, 32768]],
  positiveQuantity: [['1m', 1, '1Gi'], ['0', '-1', 0]],
  notNegativeQuantity: [['0', '10'], ['-1m']],
  fieldPath: [['metadata.name', "metadata.labels['a/b']", 'status.podIP'], ['metadata.labelz', 'spec.containers', "metadata.labels['']"]],
  groupVersion: [['apps/v1'], ['v1', '', 'a/b/c']],
  externalName: [['db.example.com', 'db.example.com.'], ['db_example', '']],
  host: [['a.example.com', '*.example.com'], ['*', 'a.*.com', 'A.com']],
};

describe('formats', () => {
  it.each(Object.entries(table))('%s takes what the API server takes and refuses what it refuses', (name, [good, bad]) => {
    expect(good.filter((value) => formats[name]?.(value) !== undefined)).toEqual([]);
    expect(bad.filter((value) => formats[name]?.(value) === undefined)).toEqual([]);
    for (const value of bad) expect(formats[name]?.(value)).toMatch(/expected .*got /);
  });

  it('know which CIDR lies inside another', () => {
    expect(isCidr('::ffff:10.0.0.0/104')).toBe(true);
    expect(isStrictlyInside('10.1.0.0/16', '10.0.0.0/8')).toBe(true);
    expect(isStrictlyInside('fd00:1::/32', 'fd00::/16')).toBe(true);
    for (const inner of ['10.0.0.0/8', '11.0.0.0/16', '0.0.0.0/0', 'fd00::/64', 'x']) expect(isStrictlyInside(inner, '10.0.0.0/8')).toBe(false);
  });

  it('write the path of a field as a person would', () => {
    expect(fieldPath(['spec', 'containers', 0, 'ports', 1, 'name'])).toBe('spec.containers[0].ports[1].name');
    expect(fieldPath(['metadata', 'annotations', 'a.b/c "d"'])).toBe('metadata.annotations["a.b/c \\"d\\""]');
  });
});
