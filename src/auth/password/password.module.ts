import { Module } from '@nestjs/common';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountPasswordController } from './account-password.controller.js';
import { AccountPasswordWaits } from './attempts/account-password-waits.js';
import { PasswordAttempts } from './attempts/password-attempts.js';
import { PasswordChange } from './password-change.js';
import { PasswordRules } from './password-rules.js';
import { PasswordStep } from './password-step.js';
import { PasswordStrategy } from './password.strategy.js';
import { PasswordWaits } from './attempts/password-waits.js';
import { RefusedSignIns } from './refused-sign-ins.js';

/** The password step of a sign-in, its limits, and the change of a password. */
@Module({
  imports: [RateLimitsModule, SessionsModule],
  controllers: [AccountPasswordController],
  providers: [
    AccountPasswordWaits,
    PasswordAttempts,
    PasswordChange,
    PasswordRules,
    PasswordStep,
    PasswordStrategy,
    PasswordWaits,
    RefusedSignIns,
  ],
  exports: [AccountPasswordWaits, PasswordAttempts, PasswordRules, PasswordStep, RefusedSignIns],
})
export class PasswordModule {}
