import type { OwnPlane } from '../control-plane/plane.ts';
import type { Supervised } from '../control-plane/process.ts';
import type { BootstrapOrder } from './messages.ts';
import type { DevState } from './state.ts';

/** What runs, for those that go on with it. */
export interface Started {
  readonly plane: OwnPlane;
  /** The namespace of the controller. */
  readonly namespace: string;
  readonly order: BootstrapOrder;
  state(): DevState;
  /** Takes in further programs: they are named in the state and end with the rest. */
  add(programs: readonly Supervised[], addresses: Readonly<Record<string, string>>, stop: () => Promise<void>): void;
}
