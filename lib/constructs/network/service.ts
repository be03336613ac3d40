import type { IService } from 'kubernetes-models/v1/Service';
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec';
import { durationSeconds } from '../../values/duration.ts';
import type { PodPort, WorkloadIdentity } from '../workload-identity.ts';
import { cloudAnnotations, cloudClass, cloudsOf } from './clouds.ts';
import { metadataFor } from './metadata.ts';
import { servicePorts } from './service-ports.ts';
import type { LoadBalancerService, ServiceOptions } from './service-options.ts';

/** The Service in front of a workload's pods. */
export function serviceFor(identity: WorkloadIdentity, options: ServiceOptions, podPorts: readonly PodPort[]): IService {
  const clouds = options.kind === 'LoadBalancer' ? cloudAnnotations(options) : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataFor(identity, {
      ...(options.name !== undefined && { name: options.name }),
      annotations: { ...clouds, ...options.annotations },
    }),
    spec: {
      ...kindFields(options),
      selector: { ...identity.selector },
      ports: servicePorts(options, podPorts).map((port) => port.written),
      ...commonFields(options),
    },
  };
}

function kindFields(options: ServiceOptions): IServiceSpec {
  switch (options.kind) {
    case 'ClusterIP':
      return { type: 'ClusterIP' };
    case 'Headless':
      return { type: 'ClusterIP', clusterIP: 'None' };
    case 'NodePort':
      return { type: 'NodePort', ...(options.externalTrafficPolicy !== undefined && { externalTrafficPolicy: options.externalTrafficPolicy }) };
    case 'LoadBalancer':
      return { type: 'LoadBalancer', ...loadBalancerFields(options) };
    default:
      return unknownKind(options);
  }
}

function loadBalancerFields(options: LoadBalancerService): IServiceSpec {
  const loadBalancerClass = options.loadBalancerClass ?? cloudsOf(options).map(cloudClass).find((each) => each !== undefined);
  return {
    ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    ...(options.externalTrafficPolicy !== undefined && { externalTrafficPolicy: options.externalTrafficPolicy }),
    ...(options.sourceRanges !== undefined && options.sourceRanges.length > 0 && { loadBalancerSourceRanges: [...options.sourceRanges] }),
    ...(options.nodePorts !== undefined && { allocateLoadBalancerNodePorts: options.nodePorts }),
  };
}

function commonFields(options: ServiceOptions): IServiceSpec {
  return {
    ...(options.sessionAffinity !== undefined && { sessionAffinity: options.sessionAffinity }),
    ...(options.sessionAffinityTimeout !== undefined && { sessionAffinityConfig: { clientIP: { timeoutSeconds: durationSeconds(options.sessionAffinityTimeout) } } }),
    ...(options.ipFamilyPolicy !== undefined && { ipFamilyPolicy: options.ipFamilyPolicy }),
    ...(options.ipFamilies !== undefined && { ipFamilies: [...options.ipFamilies] }),
    ...(options.trafficDistribution !== undefined && { trafficDistribution: options.trafficDistribution }),
    ...(options.internalTrafficPolicy !== undefined && { internalTrafficPolicy: options.internalTrafficPolicy }),
    ...(options.publishNotReadyAddresses !== undefined && { publishNotReadyAddresses: options.publishNotReadyAddresses }),
  };
}

function unknownKind(options: never): never {
  throw new TypeError(`unknown kind of Service: ${JSON.stringify(options)}`);
}
