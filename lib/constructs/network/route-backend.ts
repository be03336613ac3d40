import type { IService } from 'kubernetes-models/v1/Service';
import { SlipwayError } from '../../values/errors.ts';

/** The Service behind a route. */
export interface RouteBackend {
  readonly service: string;
  /** Port of the Service: its first, unless a rule says otherwise. */
  readonly port: number;
  /** Service of a new version, which gets no traffic until a canary's controller gives it some. @default - none: `service` gets all */
  readonly canary?: string;
}

/** What a route needs to know about a Service. Throws for a Service without name or ports. */
export function backendOf(service: IService): RouteBackend {
  const name = service.metadata?.name;
  const port = service.spec?.ports?.[0]?.port;
  if (name === undefined || port === undefined) throw SlipwayError.of('service', 'expected a Service with a name and a port, got one without', 'give the app a port');
  return { service: name, port };
}
