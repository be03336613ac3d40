import type { Row } from './dashboard.ts';

/** What the processes of a controller use, from the metrics that every Go program has. */
export function processRow(selector: string): Row {
  return {
    title: 'Processes',
    panels: [
      { title: 'Memory', description: 'Resident memory of each pod, beside its limit.', kind: 'timeseries', unit: 'bytes', queries: [{ expr: `max by (pod) (process_resident_memory_bytes{${selector}})`, legend: '{{pod}}' }] },
      { title: 'CPU', description: 'Cores that each pod uses.', kind: 'timeseries', queries: [{ expr: `sum by (pod) (rate(process_cpu_seconds_total{${selector}}[$__rate_interval]))`, legend: '{{pod}}' }] },
      { title: 'API requests', description: 'Requests to API servers a second, by answer. 429 is the server\'s own limit.', kind: 'timeseries', unit: 'reqps', queries: [{ expr: `sum by (code) (rate(rest_client_requests_total{${selector}}[$__rate_interval]))`, legend: '{{code}}' }] },
      { title: 'Goroutines', description: 'A number that only grows is a leak.', kind: 'timeseries', queries: [{ expr: `max by (pod) (go_goroutines{${selector}})`, legend: '{{pod}}' }] },
    ],
  };
}
