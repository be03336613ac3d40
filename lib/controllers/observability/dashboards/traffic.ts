import { dashboard, type Dashboard, type Panel } from './dashboard.ts';

/** What an exporter calls its metrics of HTTP requests: the same as the constructs know them. */
interface Exporter {
  readonly requests: string;
  readonly status: string;
  readonly duration: string;
}

/** The exporters whose metrics apps have, by their counter. */
export const exporters: readonly Exporter[] = [
  { requests: 'http_requests_total', status: 'status', duration: 'http_request_duration_highr_seconds' },
  { requests: 'starlette_requests_total', status: 'status_code', duration: 'starlette_request_duration_seconds' },
  { requests: 'flask_http_request_total', status: 'status', duration: 'flask_http_request_duration_seconds' },
  { requests: 'django_http_responses_total_by_status_total', status: 'status', duration: 'django_http_requests_latency_including_middlewares_seconds' },
  { requests: 'http_server_request_duration_seconds_count', status: 'http_response_status_code', duration: 'http_server_request_duration_seconds' },
];

const scope = 'namespace=~"$namespace", pod=~"$workload.*"';
/** The part of a pod's name that a ReplicaSet gives: it tells old pods from new ones. */
const revision = 'revision';

function requests(selector: string, by: string, extra: (exporter: Exporter) => string = () => ''): string {
  return any((exporter) => `sum by (${by}) (rate(${exporter.requests}{${selector}${extra(exporter)}}[$__rate_interval]))`);
}

function errors(selector: string, by: string): string {
  return requests(selector, by, ({ status }) => `, ${status}=~"5.."`);
}

/** An app has one exporter: whichever answers. */
function any(query: (exporter: Exporter) => string): string {
  return exporters.map(query).join(' or ');
}

function latency(selector: string, by: string): string {
  return any(({ duration }) => `histogram_quantile(0.95, sum by (le, ${by}) (rate(${duration}_bucket{${selector}}[$__rate_interval])))`);
}

function withRevision(query: string): string {
  return `sum by (${revision}) (label_replace(${query}, "${revision}", "$1", "pod", ".*-([a-z0-9]+)-[a-z0-9]{5}"))`;
}

/** Requests, errors and waiting time of old and new pods beside each other. */
export function byRevision(): Panel[] {
  const selector = 'namespace=~"$namespace", pod=~"$rollout-.*"';
  return [
    { title: 'Requests by version', description: 'Requests a second of each ReplicaSet.', kind: 'timeseries', width: 12, unit: 'reqps', queries: [{ expr: withRevision(`(${requests(selector, 'pod')})`), legend: '{{revision}}' }] },
    { title: 'Errors by version', description: 'Share of the requests of each ReplicaSet that got 5xx.', kind: 'timeseries', width: 12, unit: 'percentunit', queries: [{ expr: `${withRevision(`(${errors(selector, 'pod')})`)} / ${withRevision(`(${requests(selector, 'pod')})`)}`, legend: '{{revision}}' }] },
  ];
}

/** What users of the apps see: requests, errors, waiting time, by the exporters that the constructs know. */
export function traffic(): Dashboard {
  return dashboard('slipway-traffic', 'Traffic', [
    { name: 'namespace', metric: 'kube_pod_info', label: 'namespace' },
    { name: 'workload', metric: 'kube_pod_owner{namespace=~"$namespace"}', label: 'owner_name' },
  ], [
    {
      title: 'Requests',
      panels: [
        { title: 'Requests', description: 'Requests a second, by namespace.', kind: 'timeseries', unit: 'reqps', queries: [{ expr: requests(scope, 'namespace'), legend: '{{namespace}}' }] },
        { title: 'Errors', description: 'Share of the requests that got 5xx.', kind: 'timeseries', unit: 'percentunit', queries: [{ expr: `(${errors(scope, 'namespace')}) / (${requests(scope, 'namespace')})`, legend: '{{namespace}}' }] },
        { title: 'Waiting time, 95th percentile', description: 'One request in twenty takes longer.', kind: 'timeseries', unit: 's', queries: [{ expr: latency(scope, 'namespace'), legend: '{{namespace}}' }] },
        { title: 'Requests by pod', description: 'A pod that gets none isn\'t ready, or the load is spread unevenly.', kind: 'timeseries', unit: 'reqps', queries: [{ expr: requests(scope, 'pod'), legend: '{{pod}}' }] },
      ],
    },
    {
      title: 'Pods',
      panels: [
        { title: 'Restarts', description: 'Restarts of containers.', kind: 'timeseries', queries: [{ expr: `sum by (pod) (increase(kube_pod_container_status_restarts_total{${scope}}[$__rate_interval]))`, legend: '{{pod}}' }] },
        { title: 'Memory', description: 'Share of the memory limit.', kind: 'timeseries', unit: 'percentunit', queries: [{ expr: `max by (namespace, pod, container) (container_memory_working_set_bytes{${scope}, container!=""}) / max by (namespace, pod, container) (kube_pod_container_resource_limits{${scope}, resource="memory"})`, legend: '{{pod}} {{container}}' }] },
      ],
    },
  ]);
}
