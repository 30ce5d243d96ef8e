import type { Type } from '../../core/common/type.js';
import { PasswordlessController } from './passwordless.controller.js';
import { PasswordlessPage } from './passwordless.page.js';

/** The controllers of this folder. */
export const passwordlessControllers: readonly Type[] = [PasswordlessController];

/** The pages and services of this folder. */
export const passwordlessProviders: readonly Type[] = [PasswordlessPage];
