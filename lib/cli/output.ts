/** Where a verb's words go. */
export interface Output {
  /** What was asked for: standard output. */
  print(text: string): void;
  /** What happens on the way: standard error. */
  say(line: string): void;
  /** Makes place for what is printed next instead of what was. @default - it is printed below */
  redraw?(): void;
}
