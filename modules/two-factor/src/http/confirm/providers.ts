import type { Type } from '../../core/common/type.js';
import { ConfirmController } from './confirm.controller.js';
import { ConfirmPage } from './confirm.page.js';
import { ConfirmResendController } from './confirm-resend.controller.js';

/** The controllers of this folder. */
export const confirmControllers: readonly Type[] = [ConfirmController, ConfirmResendController];

/** The pages and services of this folder. */
export const confirmProviders: readonly Type[] = [ConfirmPage];
