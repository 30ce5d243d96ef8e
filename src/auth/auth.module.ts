import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountPasswordController } from './password/account-password.controller.js';
import { AccountSessionsController } from './sessions/account-sessions.controller.js';
import { CsrfGuard } from './csrf/csrf.guard.js';
import { AccountEmailController } from './email-change/account-email.controller.js';
import { EmailConfirmController } from './email-change/email-confirm.controller.js';
import { EmailConfirmation } from './email-change/email-confirmation.js';
import { EmailChangeMails } from './email-change/email-change-mails.js';
import { EmailLimits } from './email-change/email-limits.js';
import { EmailLinks } from './email-change/email-links.js';
import { EmailRefusals } from './email-change/email-refusals.js';
import { EmailRequest } from './email-change/email-request.js';
import { EmailChange } from './email-change/email-change.js';
import { SessionCreation } from './login/session-creation.js';
import { GateAdmin } from './gates/gate-admin.js';
import { GateFlags } from './gates/gate-flags.js';
import { GateNotification } from './gates/gate-notification.js';
import { LoginController } from './login/login.controller.js';
import { LoginFlow } from './login/login-flow.js';
import { PasswordAttempts } from './password/password-attempts.js';
import { PasswordChange } from './password/password-change.js';
import { ForgottenPasswordController } from './password-reset/forgotten-password.controller.js';
import { PasswordReset } from './password-reset/password-reset.js';
import { PasswordResetController } from './password-reset/password-reset.controller.js';
import { ResetAnswers } from './password-reset/reset-answers.js';
import { ResetWorker } from './password-reset/reset-worker.js';
import { ResetMails } from './password-reset/reset-mails.js';
import { ResetLimits } from './password-reset/reset-limits.js';
import { ResetLinks } from './password-reset/reset-links.js';
import { ResetRequest } from './password-reset/reset-request.js';
import { ResetQueue } from './password-reset/reset-queue.js';
import { PasswordStep } from './password/password-step.js';
import { PasswordStrategy } from './password/password.strategy.js';
import { RefusedSignIns } from './password/refused-sign-ins.js';
import { SessionEnding } from './sessions/session-ending.js';
import { SessionList } from './sessions/session-list.js';
import { SessionReader } from './sessions/session-reader.js';
import { SessionStore } from './sessions/session.store.js';
import { SessionSweep } from './sessions/session-sweep.js';
import { Sessions } from './sessions/sessions.js';
import { SignedInGuard } from './sessions/signed-in.guard.js';

const shared = [
  GateFlags,
  LoginFlow,
  RefusedSignIns,
  SessionEnding,
  SessionList,
  SessionReader,
  SessionStore,
  Sessions,
];

/** Sessions and the login flow. Global, because every module needs the session. */
@Global()
@Module({
  controllers: [
    LoginController,
    AccountEmailController,
    AccountPasswordController,
    AccountSessionsController,
    EmailConfirmController,
    ForgottenPasswordController,
    PasswordResetController,
  ],
  providers: [
    ...shared,
    EmailConfirmation,
    EmailChangeMails,
    EmailLimits,
    EmailLinks,
    EmailRefusals,
    EmailRequest,
    EmailChange,
    SessionCreation,
    GateAdmin,
    GateNotification,
    PasswordAttempts,
    PasswordChange,
    PasswordReset,
    PasswordStep,
    PasswordStrategy,
    ResetAnswers,
    ResetWorker,
    ResetMails,
    ResetLimits,
    ResetLinks,
    ResetRequest,
    ResetQueue,
    SessionSweep,
    // The order matters: a visitor is sent to the sign-in page before the age of a form is checked.
    { provide: APP_GUARD, useClass: SignedInGuard },
    { provide: APP_GUARD, useClass: CsrfGuard },
  ],
  exports: shared,
})
export class AuthModule {}
