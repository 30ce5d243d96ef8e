import type { Type } from '../../core/common/type.js';
import { ActGate } from './act-gate.js';
import { BrakeGate } from './brake-gate.js';
import { ConfirmController } from './confirm.controller.js';
import { ConfirmPage } from './confirm.page.js';
import { ConfirmResendController } from './confirm-resend.controller.js';
import { PackageActs } from './package-acts.js';

/** The controllers of this folder. */
export const confirmControllers: readonly Type[] = [ConfirmController, ConfirmResendController];

/** The pages and services of this folder. */
export const confirmProviders: readonly Type[] = [ActGate, BrakeGate, ConfirmPage, PackageActs];
