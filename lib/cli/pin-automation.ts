import { held, holdsIn, markersFor, withMarkers, withoutHold, withoutMarkers } from '../model/pin-markers.ts';
import { readPins } from '../model/pins.ts';
import { SlipwayError } from '../values/errors.ts';

/** How the pins of an environment are written beside by people. */
export interface PinsAutomation {
  /** Their file. */
  readonly path: string;
  readonly environment: string;
  /** The controller whose automation writes them. @default - none */
  readonly writer?: 'argo-cd' | 'flux';
  /** Images that the environment excludes from automation. */
  readonly excluded: ReadonlySet<string>;
}

/** The text of a pins file in which automation writes an image; a hold of it ends. */
export function markAutomated(text: string, image: string, pins: PinsAutomation): string {
  if (pins.writer === undefined) throw SlipwayError.of('--automate', `expected an environment with image automation, got ${pins.environment}, which has none`, 'write images: { automation: {} } into the environment, and imageAutomation: true into the controller of one of its clusters');
  if (pins.excluded.has(image)) throw SlipwayError.of('--automate', `expected an image that ${pins.environment} automates, got ${JSON.stringify(image)}, which it excludes`, `remove it from images.automation.images of ${pins.environment}`);
  const free = withoutHold(text, image);
  // Only Flux looks for markers; Argo CD Image Updater is told by its own object, which is rendered of the same pins.
  return pins.writer === 'flux' ? withMarkers(pins.path, free, image, markersFor(pins.environment, image)) : withoutMarkers(pins.path, free, image);
}

/** The text of a pins file in which nothing but people and pipelines write an image. */
export function markHeld(text: string, image: string, reason: string, pins: PinsAutomation): string {
  return held(pins.path, text, image, reason);
}

/** The text of a pins file whose pin has just been written: a digest that is new there needs its marker too. */
export function remark(text: string, image: string, pins: PinsAutomation): string {
  const automated = pins.writer === 'flux' && !pins.excluded.has(image) && !holdsIn(text).has(image);
  const marked = readPins(pins.path, text, 'optional').file.entries.get(image)?.markers !== undefined;
  return automated && marked ? withMarkers(pins.path, text, image, markersFor(pins.environment, image)) : text;
}
