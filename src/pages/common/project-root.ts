import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let found: string | undefined;

/** The project's folder with templates, messages and assets. It is the same when running from the sources and from `dist`. */
export function projectRoot(): string {
  found ??= search(import.meta.dirname);
  return found;
}

/**
 * The folder of the themes. Each theme has one folder. Its templates, texts, styles and pictures override the portal's.
 */
export function themesFolder(): string {
  return join(projectRoot(), 'templates', 'themes');
}

function search(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && isPortal(manifest)) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The folder of the project was not found above the program.');
  return search(parent);
}

function isPortal(manifest: string): boolean {
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { name?: string }).name === 'client-area';
}
