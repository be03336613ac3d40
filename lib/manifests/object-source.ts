import type { ObjectSource } from './kustomize/build.ts';
import type { KubeObject, RenderedFile } from './rendered.ts';
import { objectsInYaml } from './yaml-documents.ts';

/** The objects of rendered files; an upstream manifest is parsed when it is asked for, and once. */
export function objectsOfFiles(files: Iterable<RenderedFile>): ObjectSource {
  const byPath = new Map<string, RenderedFile>();
  for (const file of files) byPath.set(file.path, file);
  const verbatim = parsedOnce((path) => byPath.get(path)?.verbatim);
  return (path) => {
    const file = byPath.get(path);
    if (file === undefined) return undefined;
    return file.verbatim === undefined ? file.objects.map(({ value }) => value) : verbatim(path);
  };
}

/** The objects of files that are read as text, such as those of a commit; each is parsed when it is asked for, and once. */
export function objectsOfTexts(read: (path: string) => string | undefined): ObjectSource {
  return parsedOnce(read);
}

function parsedOnce(read: (path: string) => string | undefined): ObjectSource {
  const parsed = new Map<string, readonly KubeObject[] | undefined>();
  return (path) => {
    if (!parsed.has(path)) {
      const text = read(path);
      parsed.set(path, text === undefined ? undefined : objectsInYaml(text, path));
    }
    return parsed.get(path);
  };
}
