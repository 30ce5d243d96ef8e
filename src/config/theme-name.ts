import { readdirSync } from 'node:fs';
import { themesFolder } from '../pages/common/project-root.js';
import { ConfigError } from './config-error.js';

/**
 * The theme of this name; empty: none.
 * @throws ConfigError when there is no folder of this name among the themes.
 */
export function themeName(name: string): string | null {
  if (!name) return null;
  const folders = readdirSync(themesFolder(), { withFileTypes: true }).filter((each) => each.isDirectory());
  const names = folders.map((folder) => folder.name).sort();
  if (!names.includes(name))
    throw new ConfigError(`THEME must name a folder of templates/themes: ${names.join(', ')}.`);
  return name;
}
