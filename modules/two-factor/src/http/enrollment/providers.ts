import type { Type } from '../../core/common/type.js';
import { CodesController } from './codes.controller.js';
import { CodesPage } from './codes.page.js';
import { RecoveryPage } from './recovery.page.js';
import { ResultController } from './result.controller.js';
import { RequiredSetUpController } from './required-enrollment.controller.js';
import { SetUp } from './enrollment.page.js';
import { SetUpController } from './enrollment.controller.js';
import { SetUpInputs } from './set-up-inputs.js';
import { SetUpPage } from './set-up.page.js';

/** The controllers of this folder. */
export const enrollmentControllers: readonly Type[] = [
  RequiredSetUpController,
  SetUpController,
  CodesController,
  ResultController,
];

/** The pages and services of this folder. */
export const enrollmentProviders: readonly Type[] = [CodesPage, RecoveryPage, SetUp, SetUpInputs, SetUpPage];
