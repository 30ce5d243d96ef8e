import type { Type } from '../../core/common/type.js';
import { StopController } from './stop.controller.js';
import { StopPage } from './stop.page.js';

/** The controllers of this folder. */
export const stopControllers: readonly Type[] = [StopController];

/** The pages and services of this folder. */
export const stopProviders: readonly Type[] = [StopPage];
