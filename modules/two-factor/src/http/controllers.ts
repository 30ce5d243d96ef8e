import type { Type } from '@nestjs/common';
import { CancelController } from './challenge/cancel.controller.js';
import { ChallengeController } from './challenge/challenge.controller.js';
import { ConfirmController } from './confirm/confirm.controller.js';
import { ConfirmResendController } from './confirm/confirm-resend.controller.js';
import { DevicesController } from './security/devices.controller.js';
import { FactorsController } from './security/factors.controller.js';
import { ManageController } from './security/manage.controller.js';
import { PasswordlessController } from './passwordless/passwordless.controller.js';
import { RequiredSetUpController } from './enrollment/required-enrollment.controller.js';
import { ResendController } from './challenge/resend.controller.js';
import { SecurityController } from './security/security.controller.js';
import { SetUpController } from './enrollment/enrollment.controller.js';

/** One controller for each flow. Controllers with fixed addresses come before those with a kind in the address. */
export const controllers: Type[] = [
  ...[
    PasswordlessController,
    ChallengeController,
    ResendController,
    CancelController,
    RequiredSetUpController,
    SecurityController,
    ConfirmController,
    ConfirmResendController,
  ],
  ...[DevicesController, FactorsController, ManageController, SetUpController],
];
