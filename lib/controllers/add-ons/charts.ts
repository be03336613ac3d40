import type { AddOnDefinition } from './definition.ts';

/** cert-manager, without the Job that only checks whether its API answers. */
export const certManager: AddOnDefinition = {
  namespace: 'cert-manager',
  podSecurity: 'restricted',
  groups: ['acme.cert-manager.io', 'cert-manager.io'],
  chart: { release: 'cert-manager', values: { crds: { enabled: true, keep: true }, startupapicheck: { enabled: false } } },
};

/** external-dns. Its values name the DNS provider: there is no sensible one to assume. */
export const externalDns: AddOnDefinition = {
  namespace: 'external-dns',
  podSecurity: 'restricted',
  groups: ['externaldns.k8s.io'],
  // The records of a removed route go; those of another owner are never touched.
  chart: { release: 'external-dns', values: { policy: 'sync', registry: 'txt' } },
  // Clusters that share a zone would else take each other's records for their own, and remove them.
  patches: ({ values }, cluster) => values['txtOwnerId'] !== undefined ? [] : [{
    target: { group: 'apps', kind: 'Deployment', name: 'external-dns' },
    patch: [{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value: `--txt-owner-id=${cluster.name}` }],
  }],
};

/** External Secrets Operator. */
export const externalSecrets: AddOnDefinition = {
  namespace: 'external-secrets',
  podSecurity: 'restricted',
  groups: ['external-secrets.io', 'generators.external-secrets.io'],
  chart: { release: 'external-secrets', values: { installCRDs: true } },
};

/**
 * Prometheus, its operator, Alertmanager and Grafana. Node exporter reads the node, so the namespace is privileged. The admission webhook's
 * certificate is made by hooks, and passwords by the chart: the one is left out, the others are references to Secrets.
 */
export const kubePrometheusStack: AddOnDefinition = {
  namespace: 'monitoring',
  podSecurity: 'privileged',
  groups: ['monitoring.coreos.com'],
  chart: {
    release: 'kube-prometheus-stack',
    values: {
      prometheusOperator: { admissionWebhooks: { enabled: false }, tls: { enabled: false } },
      // The operator makes a plain configuration of its own until there is a Secret alertmanager-<release>-alertmanager.
      alertmanager: { alertmanagerSpec: { useExistingSecret: true } },
      grafana: { admin: { existingSecret: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' } },
      // Monitors of every namespace count, whichever release made them.
      prometheus: { prometheusSpec: { podMonitorSelectorNilUsesHelmValues: false, ruleSelectorNilUsesHelmValues: false, serviceMonitorSelectorNilUsesHelmValues: false } },
    },
  },
};
