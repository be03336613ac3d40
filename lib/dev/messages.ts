import type { Bootstrap } from '../synth/bootstrap.ts';
import type { Problem } from '../values/errors.ts';
import type { DevState } from './state.ts';

/** What the supervisor tells whoever started it. */
export type FromSupervisor =
  /** The Git server answers: publish to the runtime repo now. */
  | { readonly kind: 'git' }
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'up'; readonly state: DevState }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

/** What it is told: what to bring up, once it is published. */
export interface BootstrapOrder {
  readonly bootstrap: Bootstrap;
  /** The commit of the runtime repo that has to arrive. */
  readonly commit: string;
  /** API groups of custom resources that the cluster has without Git. */
  readonly existingDefinitions: readonly string[];
}

/** How the supervisor and whoever started it talk, until the latter goes. */
export interface Channel<In, Out> {
  send(message: Out): void;
  /** The next message. @throws when the other side went first */
  receive(): Promise<In>;
  /** Resolves when the other side is gone. */
  readonly closed: Promise<void>;
  /** Ends the talk; both go on alone. */
  close(): void;
}
