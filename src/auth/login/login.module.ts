import { Module } from '@nestjs/common';
import { GatesModule } from '../gates/gates.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { PasswordModule } from '../password/password.module.js';
import { LoginController } from './login.controller.js';
import { LoginFlow } from './login-flow.js';
import { SessionCreation } from './session-creation.js';

/** The login flow: password, gates, session. */
@Module({
  imports: [GatesModule, SessionsModule, PasswordModule],
  controllers: [LoginController],
  providers: [LoginFlow, SessionCreation],
  exports: [LoginFlow],
})
export class LoginModule {}
