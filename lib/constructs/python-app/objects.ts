import type { IAnalysisTemplate } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/AnalysisTemplate';
import type { IRollout } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/Rollout';
import type { IExternalSecret } from '@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IPodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import type { IPrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import type { IServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import type { ISealedSecret } from '@kubernetes-models/sealed-secrets/bitnami.com/v1alpha1/SealedSecret';
import type { IDaemonSet } from 'kubernetes-models/apps/v1/DaemonSet';
import type { IDeployment } from 'kubernetes-models/apps/v1/Deployment';
import type { IStatefulSet } from 'kubernetes-models/apps/v1/StatefulSet';
import type { IHorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import type { ICronJob } from 'kubernetes-models/batch/v1/CronJob';
import type { IJob } from 'kubernetes-models/batch/v1/Job';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Manifest, ManifestValue } from '../manifest.ts';
import { SlipwayError } from '../../values/errors.ts';
import { didYouMean } from '../../values/suggest.ts';

/** The kinds of objects that an app may consist of, for the escape hatch. */
export interface ObjectsByKind {
  AnalysisTemplate: IAnalysisTemplate;
  ConfigMap: IConfigMap;
  CronJob: ICronJob;
  DaemonSet: IDaemonSet;
  Deployment: IDeployment;
  ExternalSecret: IExternalSecret;
  HTTPRoute: IHTTPRoute;
  HorizontalPodAutoscaler: IHorizontalPodAutoscaler;
  Ingress: IIngress;
  Job: IJob;
  NetworkPolicy: INetworkPolicy;
  PodDisruptionBudget: IPodDisruptionBudget;
  PodMonitor: IPodMonitor;
  PrometheusRule: IPrometheusRule;
  Rollout: IRollout;
  SealedSecret: ISealedSecret;
  Service: IService;
  ServiceAccount: IServiceAccount;
  ServiceMonitor: IServiceMonitor;
  StatefulSet: IStatefulSet;
}

/** A kind of object that the escape hatch knows. */
export type ObjectKind = keyof ObjectsByKind;

/** A Manifest of a kind. */
export type ManifestOf<K extends ObjectKind> = Manifest<ObjectsByKind[K]>;

/**
 * Finds the one object of a kind, or of a kind and name. Throws, naming those that exist, when there is none, and naming the candidates
 * when there are several.
 */
export function findObject<K extends ObjectKind>(objects: readonly Manifest<ManifestValue>[], kind: K, name: string | undefined, where: string): ManifestOf<K> {
  const ofKind = objects.filter((object) => object.value.kind === kind);
  if (ofKind.length === 0) {
    throw SlipwayError.of(where, `expected a kind of object that it consists of, got ${JSON.stringify(kind)}.`, `name one.${didYouMean(kind, objects.map((object) => object.value.kind))}`);
  }
  const found = name === undefined ? ofKind : ofKind.filter((object) => object.name === name);
  if (found.length === 0) {
    throw SlipwayError.of(where, `expected the name of one of its ${kind} objects, got ${JSON.stringify(name)}.`, `name one.${didYouMean(name ?? '', ofKind.map((object) => object.name))}`);
  }
  if (found.length > 1) {
    throw SlipwayError.of(where, `expected one ${kind}, found ${found.length}`, `name it: ${ofKind.map((object) => JSON.stringify(object.name)).sort().join(', ')}`);
  }
  // The kind was compared above; the compiler can't see it in a list of mixed objects.
  return found[0] as unknown as ManifestOf<K>;
}
