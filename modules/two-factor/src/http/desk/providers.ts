import type { Provider } from '@nestjs/common';
import { RecoveryLinks } from '../../core/recovery-desk/recovery-links.js';
import type { Type } from '../../core/common/type.js';
import { CheckUpController } from './check-up.controller.js';
import { CheckUpPage } from './check-up.page.js';
import { DeskCards } from './desk-cards.js';
import { MailedLinks } from './mailed-links.js';
import { OwnCaseController } from './own-case.controller.js';
import { RecoveryCancelController } from './recovery-cancel.controller.js';
import { RecoveryController } from './recovery.controller.js';
import { RecoveryCasePages } from './recovery-case.pages.js';
import { VerifyCallerController } from './verify-caller.controller.js';
import { VerifyCallerPage } from './verify-caller.page.js';

/** The controllers of this folder. */
export const deskControllers: readonly Type[] = [
  RecoveryController,
  RecoveryCancelController,
  OwnCaseController,
  VerifyCallerController,
  CheckUpController,
];

/** The pages and services of this folder. */
export const deskProviders: readonly Provider[] = [
  { provide: RecoveryLinks, useClass: MailedLinks },
  RecoveryCasePages,
  VerifyCallerPage,
  CheckUpPage,
  DeskCards,
];
