import type { TestProject } from 'vitest/node';
import { ComponentUnavailable } from './build.ts';
import { startPlane, type PlaneAddress } from './plane.ts';

/** The shared plane, or why this machine has none. */
export type SharedPlane = { readonly address: PlaneAddress } | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    /** The control plane that all files of the project `plane` share. */
    sharedPlane: SharedPlane;
  }
}

/** Starts the plane before the first file and stops it after the last. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  try {
    const { folder, server, kubeconfig, home, stop } = await startPlane();
    project.provide('sharedPlane', { address: { folder, server, kubeconfig, home } });
    return stop;
  } catch (error) {
    if (!(error instanceof ComponentUnavailable)) throw error;
    project.provide('sharedPlane', { missing: error.message });
    return undefined;
  }
}
