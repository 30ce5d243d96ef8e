import type { Type } from '../common/type.js';
import { CheckUpReader } from './check-up-reader.js';
import { CheckUps } from './check-ups.js';

/** The services of this folder. */
export const checkUpProviders: readonly Type[] = [CheckUpReader, CheckUps];
