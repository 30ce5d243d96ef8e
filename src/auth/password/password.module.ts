import { Module } from '@nestjs/common';
import { SessionsModule } from '../sessions/sessions.module.js';
import { AccountPasswordController } from './account-password.controller.js';
import { PasswordAttempts } from './password-attempts.js';
import { PasswordChange } from './password-change.js';
import { PasswordRules } from './password-rules.js';
import { PasswordStep } from './password-step.js';
import { PasswordStrategy } from './password.strategy.js';
import { RefusedSignIns } from './refused-sign-ins.js';

/** The password step of a sign-in, its limits, and the change of a password. */
@Module({
  imports: [SessionsModule],
  controllers: [AccountPasswordController],
  providers: [
    PasswordAttempts,
    PasswordChange,
    PasswordRules,
    PasswordStep,
    PasswordStrategy,
    RefusedSignIns,
  ],
  exports: [PasswordAttempts, PasswordRules, PasswordStep, RefusedSignIns],
})
export class PasswordModule {}
