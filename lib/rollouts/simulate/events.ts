import type { Measurement } from '../analysis/run.ts';
import type { PauseReason, Version } from '../controller/status.ts';

/** What may happen. */
export type Happening =
  /** A step of a canary begins; the last one is the promotion itself. */
  | { readonly kind: 'step'; readonly step: number; readonly label: string }
  /** The new version's share of the traffic changes, in percent. */
  | { readonly kind: 'traffic'; readonly to: number }
  | ({ readonly kind: 'measurement'; readonly run: string } & Omit<Measurement, 'at'>)
  /** An analysis ends. */
  | { readonly kind: 'analysis'; readonly run: string; readonly phase: string; readonly message: string }
  | { readonly kind: 'pause'; readonly reason: PauseReason }
  | { readonly kind: 'abort'; readonly message: string }
  | { readonly kind: 'promotion'; readonly reason: string }
  /** The last pod of a version is gone. */
  | { readonly kind: 'gone'; readonly version: Version };

/** Something that happened: when, in milliseconds from the start, and at which share of the traffic in percent. */
export type TimelineEvent = Happening & { readonly at: number; readonly weight: number };
