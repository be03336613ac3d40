import { Node, type Construct } from 'constructs';
import type { ExistingObject } from '../manifests/rendered.ts';
import { dnsSubdomainProblem } from '../values/names.ts';
import { AppChart } from './app-chart.ts';

/** Declares a ConfigMap of the app's namespace that exists without Git; answers its name, for volumes and references. */
export function existingConfigMap(scope: Construct, name: string): string {
  return declareExisting(scope, 'ConfigMap', name);
}

/** Declares a PersistentVolumeClaim of the app's namespace that exists without Git; answers its name. */
export function existingVolumeClaim(scope: Construct, name: string): string {
  return declareExisting(scope, 'PersistentVolumeClaim', name);
}

/** Declares a ServiceAccount of the app's namespace that exists without Git; answers its name. */
export function existingServiceAccount(scope: Construct, name: string): string {
  return declareExisting(scope, 'ServiceAccount', name);
}

/** Notes an object that exists without Git, so that references to it are known to be right. */
export function declareExisting(scope: Construct, kind: ExistingObject['kind'], name: string): string {
  const chart = AppChart.of(scope);
  const message = dnsSubdomainProblem(name);
  if (message !== undefined) chart.problems.push({ where: Node.of(scope).path, message: `existing ${kind}: ${message}` });
  else chart.existing.push({ kind, namespace: chart.context.namespace, name });
  return name;
}
