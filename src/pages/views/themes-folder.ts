import { join } from 'node:path';
import { projectRoot } from '../common/project-root.js';

/** Where the themes are: one folder each, whose templates, texts, styles and pictures win over the portal's. */
export function themesFolder(): string {
  return join(projectRoot(), 'templates', 'themes');
}
