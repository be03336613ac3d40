import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SlipwayError } from '../values/errors.ts';

/** The folder of Pulumi.yaml: Pulumi runs a program in the folder of its main. @throws SlipwayError where there is none */
export function projectFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'Pulumi.yaml'))) return folder;
    if (dirname(folder) === folder) throw SlipwayError.of(from, 'expected Pulumi.yaml in this folder or one above, found none', 'run pulumi where Pulumi.yaml lies');
  }
}
