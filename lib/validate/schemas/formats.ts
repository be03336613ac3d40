import { dns1035Problem, dnsLabelProblem, dnsSubdomainProblem, envNameProblem, labelKeyProblem, labelValueProblem, portNameProblem } from '../../values/names.ts';
import { parseQuantity } from '../../values/quantity.ts';
import { isAddress, isCidr } from './addresses.ts';
import { describe } from './plain.ts';
import { isCronSchedule, isGoDuration, isTimeZone } from './schedule.ts';

/** What is wrong with a value that should have a format: what was expected and what came; undefined when it has it. */
export type Format = (value: string | number) => string | undefined;

/** Every format that compact schemas name. A format that is not here is not checked, as the API server does. */
export const formats: Readonly<Record<string, Format>> = {
  dnsLabel: named(dnsLabelProblem),
  dns1035Label: named(dns1035Problem),
  dnsSubdomain: named(dnsSubdomainProblem),
  labelKey: named(labelKeyProblem),
  qualifiedName: named(labelKeyProblem),
  labelValue: named(labelValueProblem),
  portName: named(portNameProblem),
  envName: named(envNameProblem),
  host: named((value) => dnsSubdomainProblem(value.startsWith('*.') ? value.slice(2) : value)),
  controllerName: named((value) => dnsSubdomainProblem(value.split('/')[0] ?? '')),
  configKey: ofText('a key of letters, digits, "-", "_" and "." (at most 253 characters, no ".." in front)', (value) =>
    value.length <= 253 && /^[-._a-zA-Z0-9]+$/.test(value) && value !== '.' && !value.startsWith('..')),
  resourceName: ofText('cpu, memory, ephemeral-storage, hugepages-<size>, or a resource with a domain such as nvidia.com/gpu', isResourceName),
  quotaName: ofText('the name of a quota such as requests.cpu, pods or count/deployments.apps', isQuotaName),
  limitName: ofText('cpu, memory, ephemeral-storage, storage, hugepages-<size>, or a resource with a domain', (value) => value === 'storage' || isResourceName(value)),
  groupVersion: ofText('an API group and version such as apps/v1', (value) => /^[^/\s]+\/[^/\s]+$/.test(value)),
  externalName: named((value) => dnsSubdomainProblem(value.replace(/\.$/, ''))),
  fieldPath: ofText('a field of the pod such as metadata.name, metadata.labels[\'app\'] or status.podIP', (value) =>
    /^(metadata\.(name|namespace|uid|labels|annotations|(labels|annotations)\['[^']+'\])|spec\.(nodeName|serviceAccountName)|status\.(hostIP|hostIPs|podIP|podIPs))$/.test(value)),
  pathSegment: ofText('a name without "/" and "%" that is neither "." nor ".."', (value) => value !== '' && value !== '.' && value !== '..' && !/[/%]/.test(value)),
  headerName: ofText('an HTTP header name', (value) => /^[-A-Za-z0-9]+$/.test(value)),
  sysctlName: ofText('the name of a sysctl', (value) => value.length <= 253 && /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/.test(value)),
  ip: ofText('an IP address', isAddress),
  ipv4: ofText('an IPv4 address', (value) => isAddress(value) && !value.includes(':')),
  ipv6: ofText('an IPv6 address', (value) => isAddress(value) && value.includes(':')),
  cidr: ofText('a CIDR such as 10.0.0.0/8', isCidr),
  clusterIP: ofText('None or an IP address', (value) => value === 'None' || value === '' || isAddress(value)),
  localPath: ofText('a relative path without ".."', (value) => !value.startsWith('/') && !value.split('/').includes('..')),
  noBacksteps: ofText('a path without ".."', (value) => !value.split('/').includes('..')),
  cron: ofText('a cron schedule of five fields, or a nickname such as @daily', isCronSchedule),
  timeZone: ofText('a time zone of the tz database, such as Europe/Berlin', isTimeZone),
  duration: ofText('a duration such as 90s or 1h30m', isGoDuration),
  uuid: ofText('a UUID', (value) => /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value)),
  uri: ofText('a URI', (value) => URL.canParse(value)),
  email: ofText('an e-mail address', (value) => /^[^\s@]+@[^\s@]+$/.test(value)),
  percentOrCount: either('a count of at least 0, or a percentage such as 25%', (value) => isCount(value) || percentOf(value) !== undefined),
  upTo100Percent: either('a count of at least 0, or a percentage up to 100%', (value) => isCount(value) || (percentOf(value) ?? 101) <= 100),
  portOrName: (value) => {
    if (typeof value === 'string') return portNameProblem(value);
    return value >= 1 && value <= 65535 ? undefined : `expected a port from 1 to 65535, got ${value}`;
  },
  nodePort: either('a port from 30000 to 32767', (value) => typeof value === 'number' && (value === 0 || (value >= 30000 && value <= 32767))),
  positiveQuantity: either('a quantity above 0', (value) => (parseQuantity(String(value))?.nano ?? 0n) > 0n),
  notNegativeQuantity: either('a quantity of at least 0', (value) => (parseQuantity(String(value))?.nano ?? -1n) >= 0n),
};

function either(expected: string, accepts: (value: string | number) => boolean): Format {
  return (value) => (accepts(value) ? undefined : `expected ${expected}, got ${describe(value)}`);
}

function ofText(expected: string, accepts: (value: string) => boolean): Format {
  return either(expected, (value) => typeof value === 'string' && accepts(value));
}

function named(problem: (value: string) => string | undefined): Format {
  return (value) => problem(String(value));
}

function isCount(value: string | number): boolean {
  return typeof value === 'number' && value >= 0;
}

/** The number before `%`, when there is one. */
export function percentOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;
}

const quotas = /^((requests\.|limits\.)?(cpu|memory|ephemeral-storage)|requests\.storage|(requests\.)?hugepages-.+|pods|services|services\.(nodeports|loadbalancers)|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims)$/;

function isQuotaName(value: string): boolean {
  return quotas.test(value) || (value.includes('/') && labelKeyProblem(value) === undefined);
}

function isResourceName(value: string): boolean {
  if (/^(cpu|memory|ephemeral-storage|hugepages-.+)$/.test(value)) return true;
  return value.includes('/') && !/(^|\.)kubernetes\.io\//.test(value) && labelKeyProblem(value) === undefined;
}
