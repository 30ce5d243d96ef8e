import { Controller, Injectable, Post, UseGuards, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request } from 'express';
import { WithSecondFactor } from 'nestjs-two-factor/passport';
import { Public } from './marks.js';

/** A guard that signs in by itself, as Nest's documentation shows it. */
@Injectable()
class EnteringGuard extends AuthGuard('local') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    await super.logIn(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/** The same by way of a subclass of the package's guard. */
@Injectable()
class DerivedGuard extends WithSecondFactor(AuthGuard('local')) {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    await super.logIn(context.switchToHttp().getRequest<Request>());
    return true;
  }
}

/** Other ways in that a host may have built. */
@Public()
@Controller()
export class OtherLoginsController {
  @UseGuards(WithSecondFactor(EnteringGuard))
  @Post('enter-by-itself')
  byItself() {
    return { welcome: true };
  }

  @UseGuards(DerivedGuard)
  @Post('enter-derived')
  derived() {
    return { welcome: true };
  }
}
