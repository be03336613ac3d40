import { isPlainObject } from '../check-props.ts';

/** Parts the props of a companion: those of its program, by the fields of the program's schema, and the rest, which is its pod's. */
export function pickOptions<Options extends object, Props extends Options>(props: Props, fields: Readonly<Record<string, unknown>>): { readonly options: Options; readonly rest: Omit<Props, keyof Options> } {
  // Props that aren't an object have no fields: the check of the pod tells what is missing.
  const entries = isPlainObject(props) ? Object.entries(props) : [];
  const own = entries.filter(([field]) => Object.hasOwn(fields, field));
  const rest = entries.filter(([field]) => !Object.hasOwn(fields, field));
  return { options: Object.fromEntries(own) as Options, rest: Object.fromEntries(rest) as Omit<Props, keyof Options> };
}
