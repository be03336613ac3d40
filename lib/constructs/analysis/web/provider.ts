import type { IWebMetric } from '@kubernetes-models/argo-rollouts/argoproj.io/v1alpha1/WebMetric';
import { z } from 'zod';
import { checkedText, describeValue } from '../../../model/schema.ts';
import type { ShapeOf } from '../../python-app/container-schema.ts';
import { headersSchema, oauth2Schema, urlSchema } from '../fields.ts';
import { headerList, oauth2Of, secretFaults } from '../requests.ts';
import type { AnalysisProvider, ProviderFault } from '../provider.ts';
import type { WebRequest } from './options.ts';

const jsonPathSchema = checkedText((text) => /^\s*(?:\{[^{}]+\}|\{\{.*\}\})/.test(text) ? undefined : `expected a JSONPath in braces, such as {$.status}, got ${describeValue(text)}`);

/** Any server that answers a request. */
export const webProvider: AnalysisProvider<WebRequest> = {
  schema: z.strictObject({
    provider: z.literal('web'),
    url: urlSchema,
    method: z.enum(['GET', 'POST', 'PUT']).optional(),
    headers: headersSchema.optional(),
    body: z.string().min(1).optional(),
    json: z.record(z.string(), z.unknown()).optional(),
    jsonPath: jsonPathSchema.optional(),
    timeoutSeconds: z.int().min(1).max(86_400).optional(),
    insecure: z.boolean().optional(),
    authentication: z.strictObject({ oauth2: oauth2Schema }).optional(),
  } satisfies ShapeOf<WebRequest>),
  render: (options) => ({ web: rendered(options) }),
  faults: (options) => [...bodyFaults(options), ...secretFaults(options)],
};

function rendered({ url, method, headers, body, json, jsonPath, timeoutSeconds, insecure, authentication }: WebRequest): IWebMetric {
  return {
    url,
    ...(method !== undefined && { method }),
    ...(headers !== undefined && Object.keys(headers).length > 0 && { headers: headerList(headers) }),
    ...(body !== undefined && { body }),
    ...(json !== undefined && { jsonBody: json }),
    ...(jsonPath !== undefined && { jsonPath }),
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(insecure === true && { insecure }),
    ...(authentication !== undefined && { authentication: { oauth2: oauth2Of(authentication.oauth2) } }),
  };
}

function bodyFaults({ method, body, json }: WebRequest): ProviderFault[] {
  const faults: ProviderFault[] = [];
  if (body !== undefined && json !== undefined) faults.push({ path: ['json'], message: 'expected a text or data to send, got both', fix: 'leave body or json out' });
  if ((body !== undefined || json !== undefined) && method !== 'POST' && method !== 'PUT') faults.push({ path: ['method'], message: `expected POST or PUT for a request that sends something, got ${method ?? 'GET'}`, fix: 'say method: \'POST\'' });
  return faults;
}
