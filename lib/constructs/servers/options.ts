import { z } from 'zod';
import { parseWith } from '../../model/schema.ts';
import { shown } from '../../values/shown.ts';
import { isSound } from '../check-props.ts';
import type { ServerProblem } from './server.ts';

/** What every server of ours can be told. */
export interface CommonOptions {
  /** Processes that serve requests. @default - counted from the CPU and memory requests: see docs/servers.md */
  readonly workers?: number;
  /** Seconds for running requests after SIGTERM. @default - the grace period less the preStop delay and 5 seconds */
  readonly gracefulTimeout?: number;
  /** Seconds that an idle connection is kept open; longer than the proxy in front keeps it, or the proxy meets a closed one. @default 75 */
  readonly keepAlive?: number;
  /** Requests after which a worker is replaced, against leaks. @default - never */
  readonly maxRequests?: number;
  /** Random number of requests added to `maxRequests`, so that the workers aren't replaced at once. @default - a tenth of maxRequests */
  readonly maxRequestsJitter?: number;
  /** Whether each request is logged to standard output. @default false: the gateway in front does it */
  readonly accessLog?: boolean;
  /** Further arguments, one item each; not those that an option or the pod sets. @default - none */
  readonly extraArgs?: readonly string[];
}

/** What the options are where nothing is said. */
export const commonDefaults = { keepAlive: 75, accessLog: false } as const;

const seconds = z.int().min(1).max(86_400);
const count = z.int().min(1).max(1_000_000_000);

/** Seconds as an option takes them. */
export const secondsSchema = seconds;
/** Fields of `CommonOptions`. */
export const commonFields = {
  workers: z.int().min(1).max(256).optional(),
  gracefulTimeout: seconds.optional(),
  keepAlive: seconds.optional(),
  maxRequests: count.optional(),
  maxRequestsJitter: z.int().min(0).max(1_000_000_000).optional(),
  accessLog: z.boolean().optional(),
  extraArgs: z.array(z.string().min(1)).optional(),
};

/** Checks the options of a server against a schema that changes none of them; where they are wrong, the answer stands on the defaults. */
export function checkOptions<S extends z.ZodObject>(schema: S, options: unknown, where: string): { readonly options: Partial<z.output<S>>; readonly problems: readonly ServerProblem[] } {
  if (isSound(schema, options)) return { options: options as Partial<z.output<S>>, problems: [] };
  const { value, problems } = parseWith(schema, options, where);
  return { options: value ?? {}, problems: problems.map((problem) => ({ message: `${problem.where}: ${problem.message}`, ...(problem.fix !== undefined && { fix: problem.fix }) })) };
}

/** What is wrong with the name of an app: `module:attribute`, as Python servers import it. */
export function appProblems(app: unknown, where: string): ServerProblem[] {
  if (typeof app === 'string' && /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(?:\(.*\))?$/.test(app)) return [];
  return [{ message: `${where}: expected an app as module:attribute, such as storefront.main:app, got ${typeof app === 'string' ? shown(app) : typeof app}` }];
}

/** The package of an app's module: `storefront` of `storefront.main:app`. A module by itself has none. */
export function packageOf(app: unknown): { readonly package?: string } {
  const found = typeof app === 'string' ? /^([A-Za-z_][\w.]*)\.\w+(?::|$)/.exec(app)?.[1] : undefined;
  return found === undefined ? {} : { package: found };
}

/** What is wrong with further arguments: those that an option sets would be given twice. */
export function extraArgsProblems(extraArgs: readonly string[] | undefined, owned: Readonly<Record<string, string>>, where: string): ServerProblem[] {
  return (extraArgs ?? []).flatMap((argument) => {
    const flag = Object.keys(owned).find((each) => argument === each || argument.startsWith(each.startsWith('--') ? `${each}=` : each));
    return flag === undefined ? [] : [{ message: `${where}: extraArgs: expected none that is set already, got ${shown(argument)}`, fix: `use ${owned[flag] ?? 'the option'}` }];
  });
}

/** The jitter that goes with a number of requests. */
export function jitterFor(options: Pick<CommonOptions, 'maxRequests' | 'maxRequestsJitter'>): number | undefined {
  return options.maxRequests === undefined ? undefined : options.maxRequestsJitter ?? Math.floor(options.maxRequests / 10);
}

/** What is wrong with a jitter: alone it does nothing. */
export function jitterProblems(options: Pick<CommonOptions, 'maxRequests' | 'maxRequestsJitter'>, where: string): ServerProblem[] {
  if (options.maxRequests !== undefined || options.maxRequestsJitter === undefined) return [];
  return [{ message: `${where}: maxRequestsJitter: expected it together with maxRequests, got it alone`, fix: 'set maxRequests too' }];
}

/** `--flag value` where there is a value. */
export function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [name, String(value)];
}
