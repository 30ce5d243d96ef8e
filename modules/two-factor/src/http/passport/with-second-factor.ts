import { HttpException, Inject, Injectable, mixin, type ExecutionContext, type Type } from '@nestjs/common';
import type { IAuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { Problem } from '../../core/common/errors.js';
import { Gate } from '../gate/gate.js';
import { announce, warnUnlessChecked } from '../gate/host-check.js';
import { HOST_USER, type HostUser } from '../gate/host-user.js';
import { SecondFactorRequired } from '../gate/second-factor-required.js';

/**
 * The hook into the login guard: `@UseGuards(WithSecondFactor(AuthGuard('local')))`. After the right password the
 * guard lets through only whom the gate admits; everybody else is held, and no user is set on the request.
 *
 * It hooks `handleRequest`, which passport awaits before the user is set and before any `logIn`, so it holds for guards
 * that call `super.logIn` themselves, too.
 */
export function WithSecondFactor(Guard: Type<IAuthGuard>): Type<IAuthGuard> {
  @Injectable()
  class SecondFactorGuard extends Guard {
    @Inject(Gate) private readonly gate: Gate;
    @Inject(HOST_USER) private readonly host: HostUser;

    /** The strategy runs in here, and the host's check in the strategy. */
    override canActivate(context: ExecutionContext): ReturnType<IAuthGuard['canActivate']> {
      announce(context.switchToHttp().getRequest<Request>());
      return super.canActivate(context);
    }

    // passport's five arguments, as they come
    override handleRequest<User>(...given: Parameters<IAuthGuard['handleRequest']>): User {
      const context = given[3];
      return this.admitted(super.handleRequest<User>(...given), context) as User;
    }

    private async admitted<User>(outcome: User | Promise<User>, context: ExecutionContext): Promise<User> {
      const user = await outcome;
      const request = context.switchToHttp().getRequest<Request>();
      const answer = await this.gate.admit(request, this.host.id(user)).catch(refused);
      if (answer.outcome === 'admit') return user;
      if (answer.outcome === 'challenge') warnUnlessChecked(this, context);
      throw new SecondFactorRequired(answer);
    }
  }
  return mixin(SecondFactorGuard);
}

/** A refusal in the shape of Nest's own, so that the host answers it as it answers a wrong password. */
function refused(error: unknown): never {
  if (!(error instanceof Problem)) throw error;
  const { code, message, status } = error;
  throw new HttpException({ statusCode: status, message, error: code }, status, { cause: error });
}
