/** Where things are in the picture. */
export interface Frame {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  /** The last moment that is shown, in milliseconds. */
  readonly end: number;
}

/** The place of a time. */
export function xOf({ width, left, right, end }: Frame, at: number): number {
  return left + (Math.min(at, end) / end) * (width - left - right);
}

const intervals = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400].map((seconds) => seconds * 1000);

/** Times that the axis shows: whole ones, ten at most. */
export function ticks(end: number): number[] {
  const interval = intervals.find((each) => end / each <= 10) ?? 86_400_000 * Math.ceil(end / 864_000_000);
  return Array.from({ length: Math.floor(end / interval) + 1 }, (_, index) => index * interval);
}

/** A line that keeps each value until the next one, up to the end. */
export function stairs(points: readonly { readonly at: number; readonly value: number }[], frame: Frame, y: (value: number) => number): string {
  const parts = points.map(({ at, value }, index) => {
    const next = points[index + 1]?.at ?? frame.end;
    return `${index === 0 ? 'M' : 'L'}${place(xOf(frame, at))} ${place(y(value))} L${place(xOf(frame, next))} ${place(y(value))}`;
  });
  return parts.join(' ');
}

function place(value: number): number {
  return Math.round(value * 10) / 10;
}
