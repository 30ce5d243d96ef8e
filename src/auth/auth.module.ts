import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BearerModule } from '../api-tokens/bearer/bearer.module.js';
import { TokenGuard } from '../api-tokens/bearer/token.guard.js';
import { CsrfGuard } from './csrf/csrf.guard.js';
import { RefusedOrigins } from './csrf/refused-origins.js';
import { ImpersonationGuard } from '../impersonation/impersonation.guard.js';
import { GatesModule } from './gates/gates.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { PasswordModule } from './password/password.module.js';
import { LoginModule } from './login/login.module.js';
import { EmailChangeModule } from './email-change/email-change.module.js';
import { LockDownModule } from './lock-down/lock-down.module.js';
import { NewSignInsModule } from './new-sign-ins/new-sign-ins.module.js';
import { PasswordResetModule } from './password-reset/password-reset.module.js';
import { SignedInGuard } from './sessions/signed-in.guard.js';

/** Sessions and the ways to get one; one module for each flow. Global, because every module needs them. */
@Global()
@Module({
  imports: [
    BearerModule,
    GatesModule,
    SessionsModule,
    PasswordModule,
    LoginModule,
    EmailChangeModule,
    PasswordResetModule,
    LockDownModule,
    NewSignInsModule,
  ],
  providers: [
    RefusedOrigins,
    // The order matters: visitors are sent to sign in before an old form is refused.
    { provide: APP_GUARD, useClass: TokenGuard },
    { provide: APP_GUARD, useClass: SignedInGuard },
    { provide: APP_GUARD, useClass: ImpersonationGuard },
    { provide: APP_GUARD, useClass: CsrfGuard },
  ],
  exports: [GatesModule, SessionsModule, PasswordModule, LoginModule],
})
export class AuthModule {}
