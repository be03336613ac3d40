/**
 * Values of cdk8s-plus-27 are told by their shape and read through the methods that its own constructs use, so that the package is never
 * loaded by those who don't use it.
 */
interface PlusValue {
  _toKube(container: { readonly portNumber: number | undefined; readonly port: number | undefined }): unknown;
}

/** Whether a value is a Probe or a Volume of cdk8s-plus-27. */
export function isPlusValue(value: unknown): value is PlusValue {
  return typeof value === 'object' && value !== null && '_toKube' in value && typeof value._toKube === 'function';
}

/** A cdk8s-plus value as Kubernetes has it: plain data. */
export function fromPlus(value: PlusValue, port?: number): unknown {
  return plainOf(value._toKube({ portNumber: port, port }));
}

/** Fields whose capitals cdk8s' own names lose. */
const spelling: Readonly<Record<string, string>> = { diskUri: 'diskURI', volumeId: 'volumeID', pdId: 'pdID', podInfoOnMountUri: 'podInfoOnMountURI' };

/** Plain data of what cdk8s' imports have: `IntOrString` and `Quantity` hold one value each, unset fields are left out. */
export function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype && 'value' in value) return plainOf(value.value);
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined).map(([key, item]) => [spelling[key] ?? key, plainOf(item)]));
}
