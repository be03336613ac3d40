import type { TestProject } from 'vitest/node';
import { ComponentUnavailable } from '../../../lib/control-plane/build.ts';
import { build } from './build.ts';
import { openExisting, type ExistingAddress } from './existing.ts';
import { startPlane, type PlaneAddress } from '../../../lib/control-plane/plane.ts';

/** The shared plane, or why this machine cannot have one, or what went wrong when it started. */
export type SharedPlane = { readonly address: PlaneAddress } | { readonly existing: ExistingAddress } | { readonly missing: string } | { readonly broken: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** The control plane that all files of the project `plane` share. */
    sharedPlane: SharedPlane;
  }
}

/** Starts the plane before the first file and stops it after the last. What goes wrong is told by each file that needs it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const asked = process.env['SLIPWAY_E2E_CONTEXT'];
  if (asked !== undefined) return useExisting(project, asked);
  try {
    // Here and not by the plane, so that the time of a build is told.
    for (const name of ['supervise', 'pki', 'etcd', 'kubernetes', 'kwok'] as const) await build(name);
    const { folder, server, kubeconfig, home, stop } = await startPlane();
    project.provide('sharedPlane', { address: { folder, server, kubeconfig, home } });
    return stop;
  } catch (error) {
    if (error instanceof ComponentUnavailable) project.provide('sharedPlane', { missing: error.message });
    else project.provide('sharedPlane', { broken: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

/** Connects to a cluster that was there before, and that a person has named. */
async function useExisting(project: TestProject, context: string): Promise<(() => Promise<void>) | undefined> {
  try {
    const { address, close } = await openExisting(context);
    project.provide('sharedPlane', { existing: address });
    return close;
  } catch (error) {
    project.provide('sharedPlane', { broken: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}
