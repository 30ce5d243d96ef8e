import type { Type } from '../../core/common/type.js';
import { DevicesController } from './devices.controller.js';
import { FactorsController } from './factors.controller.js';
import { FactorCards } from './factor-cards.js';
import { ManageController } from './manage.controller.js';
import {
  PagesOfActionsController,
  PagesOfPendingActionsController,
  PagesOfSetUpController,
} from './pages-of-actions.controller.js';
import { SecurityController } from './security.controller.js';
import { SecurityPage } from './security.page.js';

/** The controllers of this folder. */
export const securityControllers: readonly Type[] = [
  SecurityController,
  DevicesController,
  FactorsController,
  ManageController,
  PagesOfActionsController,
  PagesOfPendingActionsController,
  PagesOfSetUpController,
];

/** The pages and services of this folder. */
export const securityProviders: readonly Type[] = [FactorCards, SecurityPage];
