import type { Type } from '../../core/common/type.js';
import { CodesPage } from './codes.page.js';
import { RecoveryPage } from './recovery.page.js';
import { RequiredSetUpController } from './required-enrollment.controller.js';
import { SetUp } from './enrollment.page.js';
import { SetUpController } from './enrollment.controller.js';

/** The controllers of this folder. */
export const enrollmentControllers: readonly Type[] = [RequiredSetUpController, SetUpController];

/** The pages and services of this folder. */
export const enrollmentProviders: readonly Type[] = [CodesPage, RecoveryPage, SetUp];
