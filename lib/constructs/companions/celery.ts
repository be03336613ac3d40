import { z } from 'zod';
import { shown } from '../../values/shown.ts';
import type { ServerProblem } from '../servers/server.ts';
import type { PythonApp } from '../python-app/python-app.ts';

/** What every Celery process can be told. */
export interface CeleryOptions {
  /** The Celery app, as `celery --app` takes it: a package, a module, or `module:attribute`. @default - the package of the app that `sameAs` serves, as Celery's own layout has it */
  readonly app?: string;
  /** What is logged (`--loglevel`). @default 'INFO' */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';
  /** Further arguments, one item each. @default - none */
  readonly extraArgs?: readonly string[];
}

export const celeryFields = {
  app: z.string().optional(),
  logLevel: z.enum(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']).optional(),
  extraArgs: z.array(z.string().min(1)).optional(),
};

/** What is logged unless said otherwise. */
export const celeryLogLevel = 'INFO';

/** The Celery app of a companion: said, or the package of what the app serves. */
export function celeryApp(said: string | undefined, sameAs: PythonApp | undefined): string | undefined {
  return said ?? sameAs?.props.server?.package;
}

/** What is wrong with the name of a Celery app. */
export function celeryAppProblems(app: string | undefined): ServerProblem[] {
  if (app === undefined) return [{ message: 'expected a Celery app, got nothing', fix: 'name it, such as app: \'storefront.tasks\', or share an app whose server serves a package' }];
  if (typeof app === 'string' && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::[A-Za-z_][\w.]*)?$/.test(app)) return [];
  return [{ message: `expected a Celery app such as storefront or storefront.tasks:app, got ${typeof app === 'string' ? shown(app) : typeof app}` }];
}

/** Name of a queue as a list of them on a command line can hold it. */
export const queueSchema = z.string().regex(/^[^\s,-][^\s,]*$/, 'expected the name of a queue without spaces and commas');
