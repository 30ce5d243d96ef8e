import type { Type } from '@nestjs/common';
import { CancelController } from './controllers/cancel.controller.js';
import { ChallengeController } from './controllers/challenge.controller.js';
import { ConfirmController } from './controllers/confirm.controller.js';
import { ConfirmResendController } from './controllers/confirm-resend.controller.js';
import { DevicesController } from './controllers/devices.controller.js';
import { FactorsController } from './controllers/factors.controller.js';
import { ManageController } from './controllers/manage.controller.js';
import { PasswordlessController } from './controllers/passwordless.controller.js';
import { RequiredSetUpController } from './controllers/required-set-up.controller.js';
import { ResendController } from './controllers/resend.controller.js';
import { SecurityController } from './controllers/security.controller.js';
import { SetUpController } from './controllers/set-up.controller.js';

/** One controller a flow; those with fixed addresses before those with a kind in them. */
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
