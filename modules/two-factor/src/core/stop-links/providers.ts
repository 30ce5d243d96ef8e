import type { Type } from '../common/type.js';
import { StopLinks } from './stop-links.js';

/** The services of this folder. */
export const stopLinksProviders: readonly Type[] = [StopLinks];
