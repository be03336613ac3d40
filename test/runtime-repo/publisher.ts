// A publisher as a process of its own, for tests of races and kills: its options come as JSON in the first argument, its result goes to standard output.
import { SlipwayError } from '../../lib/values/errors.ts';
import { publish } from '../../lib/runtime-repo/publish.ts';
import type { PublishOptions } from '../../lib/runtime-repo/options.ts';

/** What the test hands over: options without those that JSON can't carry. */
export type PublisherInput = Omit<PublishOptions, 'now' | 'random'>;

const options = JSON.parse(process.argv[2] ?? '{}') as PublisherInput;
try {
  const result = await publish({ ...options, now: new Date('2026-03-01T12:00:00Z'), random: Math.random });
  process.stdout.write(JSON.stringify({ outcome: result.outcome }));
} catch (error) {
  if (!(error instanceof SlipwayError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 2;
}
