import { z } from 'zod';
import { checkOptions, secondsSchema } from './options.ts';
import { probesFor } from './probes.ts';
import { sharedMetrics } from './shared-metrics.ts';
import type { Server, ServerProcess, ServerSetting } from './server.ts';
import { gracefulStop } from './graceful-stop.ts';

/** What `command` can be told beside the command. */
export interface CommandOptions {
  /** Arguments, kept apart from the command as Kubernetes does (`containers[].args`). @default - none */
  readonly args?: readonly string[];
  /** Processes that serve requests, so that they share their metrics. @default 1 */
  readonly processes?: number;
  /** Seconds for which the program finishes running requests after SIGTERM; checked against the grace period. @default - not known */
  readonly gracefulTimeout?: number;
}

/** What a plain command is where nothing is said. */
export const commandDefaults = { processes: 1 } as const;

const schema = z.strictObject({
  argv: z.array(z.string()),
  args: z.array(z.string()).optional(),
  processes: z.int().min(1).max(256).optional(),
  gracefulTimeout: secondsSchema.optional(),
}).superRefine(({ argv }, context) => {
  if (argv[0] === '') context.addIssue({ code: 'custom', path: ['argv', 0], message: 'expected a program, got an empty text' });
});

/**
 * Any program that listens on the app's port, given as a list and never as a shell line: `command(['python', '-m', 'orders.server'])`.
 * An empty list keeps the image's own entry point. PORT tells it where to listen.
 */
export function command(argv: readonly string[], options: CommandOptions = {}): Server {
  return { kind: 'command', start: (setting) => start(argv, options, setting) };
}

function start(argv: readonly string[], input: CommandOptions, setting: ServerSetting): ServerProcess {
  const { options, problems } = checkOptions(schema, { ...input, argv }, 'command');
  const processes = options.processes ?? commandDefaults.processes;
  const stop = options.gracefulTimeout === undefined ? undefined : gracefulStop(setting, options.gracefulTimeout);
  const metrics = sharedMetrics(processes, setting.monitoring);
  return {
    ...(options.argv !== undefined && options.argv.length > 0 && { command: options.argv }),
    ...(options.args !== undefined && options.args.length > 0 && { args: options.args }),
    env: { ...metrics.env, PORT: String(setting.port) },
    scratch: metrics.scratch,
    probes: probesFor(setting, false),
    workers: processes,
    ...(stop !== undefined && { gracefulSeconds: stop.seconds }),
    problems: [...problems, ...(stop?.problems ?? [])],
  };
}
