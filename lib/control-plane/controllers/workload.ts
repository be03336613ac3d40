import type { Plane } from '../plane.ts';

/** How an installed workload runs its program. */
export interface HostedProgram {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** The flags of its container. */
  readonly flags: readonly string[];
  /** The environment of its container, without the variables whose source does not exist. */
  readonly env: Readonly<Record<string, string>>;
}

/** The part of a Deployment or StatefulSet that we read. */
interface Workload {
  readonly spec: { readonly template: { readonly spec: { readonly serviceAccountName?: string; readonly containers: readonly Container[] } } };
}

interface Container {
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Variable[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly configMapKeyRef?: KeyReference; readonly secretKeyRef?: KeyReference; readonly fieldRef?: { readonly fieldPath: string } };
}

interface KeyReference {
  readonly name: string;
  readonly key: string;
}

/**
 * What an installed Deployment or StatefulSet says of its program: so that a controller on this host runs with the flags,
 * settings and service account that were installed.
 *
 * @param path such as `deployments/argocd-server`
 */
export async function hostedProgram(plane: Plane, namespace: string, path: string): Promise<HostedProgram> {
  const workload = (await plane.api.get(`/apis/apps/v1/namespaces/${namespace}/${path}`)) as Workload;
  const { serviceAccountName = 'default', containers } = workload.spec.template.spec;
  const [container] = containers;
  const words = [...(container?.command ?? []), ...(container?.args ?? [])];
  const first = words.findIndex((word) => word.startsWith('-'));
  const flags = first === -1 ? [] : words.slice(first);
  const env: Record<string, string> = {};
  for (const variable of container?.env ?? []) {
    const value = await valueOf(plane, namespace, variable);
    if (value !== undefined) env[variable.name] = value;
  }
  return { namespace, serviceAccount: serviceAccountName, flags, env };
}

async function valueOf(plane: Plane, namespace: string, { value, valueFrom }: Variable): Promise<string | undefined> {
  if (value !== undefined) return value;
  if (valueFrom?.fieldRef !== undefined) return valueFrom.fieldRef.fieldPath === 'metadata.namespace' ? namespace : undefined;
  const read = async (kind: string, { name, key }: KeyReference): Promise<string | undefined> => {
    const answer = await plane.api.send('GET', `/api/v1/namespaces/${namespace}/${kind}/${name}`);
    if (answer.status === 404) return undefined;
    return (JSON.parse(answer.body) as { readonly data?: Readonly<Record<string, string>> }).data?.[key];
  };
  if (valueFrom?.configMapKeyRef !== undefined) return read('configmaps', valueFrom.configMapKeyRef);
  if (valueFrom?.secretKeyRef === undefined) return undefined;
  const encoded = await read('secrets', valueFrom.secretKeyRef);
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}
