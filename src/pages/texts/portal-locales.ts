import { join } from 'node:path';
import { localesIn } from './messages.js';
import { projectRoot } from '../common/project-root.js';

let found: readonly string[] | undefined;

/** The languages that people can choose (BCP 47), the default one first: those of the portal's own texts. */
export function portalLocales(): readonly string[] {
  found ??= localesIn(join(projectRoot(), 'messages'));
  return found;
}
