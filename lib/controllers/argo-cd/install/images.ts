import type { KustomizationImage } from '../../../manifests/kustomization.ts';
import type { ArgoCd } from '../../../model/argo-cd-options.ts';

/** The images of upstream's manifests, by what they are called in `images`. */
const upstreamImages = {
  argocd: 'quay.io/argoproj/argocd',
  dex: 'ghcr.io/dexidp/dex',
  haproxy: 'public.ecr.aws/docker/library/haproxy',
  redis: 'public.ecr.aws/docker/library/redis',
} as const;

/** Where the images come from instead; tags stay those of upstream's manifest. */
export function imageSources(options: Pick<ArgoCd, 'highAvailability' | 'images'>): KustomizationImage[] {
  const { images } = options;
  return (['argocd', 'dex', 'haproxy', 'redis'] as const).flatMap((key) => {
    if (key === 'haproxy' && !options.highAvailability) return [];
    const name = upstreamImages[key];
    const mirrored = images.mirror === undefined ? undefined : `${images.mirror.replace(/\/$/, '')}/${name.slice(name.indexOf('/') + 1)}`;
    const newName = images[key] ?? mirrored;
    return newName === undefined ? [] : [{ name, newName }];
  });
}
