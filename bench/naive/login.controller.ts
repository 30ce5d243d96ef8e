import { Body, Controller, Get, HttpCode, Post, Req, UnauthorizedException, UseGuards } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { InjectRepository } from '@nestjs/typeorm';
import { IsString, Length } from 'class-validator';
import type { Request } from 'express';
import { verify } from 'otplib';
import { Repository } from 'typeorm';
import { User } from './user.entity.js';

declare module 'express-session' {
  interface SessionData {
    pending?: number;
  }
}

class Proof {
  @IsString()
  kind: string;

  @Length(6, 6)
  code: string;
}

/** A second factor as in a tutorial: without limits, replay protection, encryption and events. */
@Controller()
export class LoginController {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  @Get('healthz')
  health() {
    return { status: 'ok' };
  }

  @Post('login')
  @HttpCode(200)
  @UseGuards(AuthGuard('local'))
  login(@Req() request: Request) {
    request.session.pending = (request.user as User).id;
    return { status: 'challenge' };
  }

  @Post('login/challenge')
  @HttpCode(200)
  async prove(@Req() request: Request, @Body() { code }: Proof) {
    const user = await this.users.findOneByOrFail({ id: request.session.pending ?? 0 });
    const { valid } = await verify({ secret: user.totpSecret, token: code, epochTolerance: 30 });
    if (!valid) throw new UnauthorizedException();
    user.lastLoginAt = Date.now();
    await this.users.save(user);
    await new Promise<void>((done, fail) =>
      request.logIn(user, (error: unknown) => (error ? fail(asError(error)) : done())),
    );
    return { status: 'signed-in' };
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
