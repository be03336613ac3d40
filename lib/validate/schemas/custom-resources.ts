import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compareText, throwProblems, type Problem } from '../../values/errors.ts';
import type { CompactCustomResource, CustomResourceData } from './compact.ts';
import { compactCustomResource, isCustomResourceDefinition } from './crd.ts';
import { compilePattern } from './pattern.ts';

/** Schemas of custom resources beyond those that Slipway carries; of two that know a kind, the first is asked. */
export type CustomResources = readonly CustomResourceData[];

/**
 * Reads every CustomResourceDefinition in the YAML files of a folder; a folder that is not there holds none.
 * @throws SlipwayError for each file that is no YAML, and for each definition that cannot be read
 */
export function readCustomResources(folder: string): CustomResources {
  if (!existsSync(folder)) return [];
  const problems: Problem[] = [];
  const kinds = new Map<string, CompactCustomResource>();
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /\.ya?ml$/.test(path)).sort(compareText);
  for (const path of paths) {
    const where = join(folder, path);
    for (const document of parseAllDocuments(readFileSync(where, 'utf8'))) {
      problems.push(...document.errors.map((error) => ({ where, message: `expected YAML: ${error.message.split('\n')[0] ?? ''}` })));
      const definition: unknown = document.errors.length > 0 ? undefined : document.toJS();
      if (isCustomResourceDefinition(definition)) addDefinition(definition, where, kinds, problems);
    }
  }
  throwProblems(problems);
  return kinds.size === 0 ? [] : [{ software: folder, version: 'of this repository', kinds: Object.fromEntries(kinds), definitions: {} }];
}

function addDefinition(definition: unknown, where: string, kinds: Map<string, CompactCustomResource>, problems: Problem[]): void {
  const read = compactCustomResource(definition, where, problems);
  if (read === undefined) return;
  if (kinds.has(read.key)) problems.push({ where, message: `expected one definition of ${read.key}, got another`, fix: 'keep the one that the clusters install' });
  for (const pattern of patternsIn(read.resource.served)) {
    if (!isPattern(pattern)) problems.push({ where, message: `expected patterns that JavaScript can read too, got ${JSON.stringify(pattern)}`, fix: 'take the pattern out of this copy: the cluster still checks it' });
  }
  kinds.set(read.key, read.resource);
}

function patternsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(patternsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner)));
}

function isPattern(pattern: string): boolean {
  try {
    compilePattern(pattern);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
