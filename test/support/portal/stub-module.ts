import { join } from 'node:path';
import { Controller, Get, HttpCode, Injectable, Module, Post, Req, Res, type Type } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Account } from '../../../src/accounts/account.js';
import { pendingSession } from '../../../src/auth/sessions/current-session.js';
import { LoginFlow } from '../../../src/auth/login/login-flow.js';
import { projectRoot } from '../../../src/pages/common/project-root.js';
import type { GateAnswer, LoginGate, PortalModule } from '../../../src/portal/modules/portal-module.js';
import type { ConfirmedAct, StepUp } from '../../../src/portal/modules/step-up.js';

/** It has neither pages nor texts. */
const folder = join(projectRoot(), 'test/support/knock');

/** The behaviour of a stub module in tests; `fails` makes its gate throw. */
export interface StubModuleOptions {
  holds: boolean;
  fails: boolean;
  fresh: boolean;
  /** Why the gate admits a login. */
  reason: 'proved' | 'skipped' | 'unprotected';
  /** Runs while the gate is asked. */
  asked?: () => Promise<unknown>;
  /** Runs between the knock and the session. */
  meanwhile?: () => Promise<unknown>;
}

/**
 * A module other than two-factor: its gate makes a login pending until a request to `knock`. So the portal's side of
 * the protocol is tested alone.
 */
export function stubModule(id: string): PortalModule & { readonly knock: StubModuleOptions } {
  const knock: StubModuleOptions = { holds: true, fails: false, fresh: false, reason: 'unprotected' };
  const [gate, stepUp, doorstep] = [gateOf(id, knock), stepUpOf(id, knock), doorstepOf(id, knock)];

  @Module({ controllers: [doorstep], providers: [gate, stepUp], exports: [gate, stepUp] })
  class Room {}

  return {
    id,
    title: id,
    version: '1.0.0',
    nest: Room,
    gate,
    stepUp,
    knock,
    entities: [],
    migrations: [],
    templates: folder,
    messages: folder,
    accessLevel: (context) => {
      if (context.getClass() !== doorstep) return undefined;
      return context.getHandler().name === 'confirms' ? 'signed-in' : 'pending';
    },
    waiting: (request) => (pendingSession(request)?.gate === id ? `/login/${id}` : undefined),
  };
}

function gateOf(id: string, knock: StubModuleOptions): Type<LoginGate> {
  @Injectable()
  class Gate implements LoginGate {
    constructor(private readonly flow: LoginFlow) {}

    async ask(request: Request, { id: accountId }: Account): Promise<GateAnswer> {
      if (knock.fails) throw new Error('the gate is broken');
      const { holds, reason } = knock;
      await knock.asked?.();
      if (!holds) return { pass: true, reason };
      await this.flow.hold(request, { id: `${id}-${accountId}`.slice(0, 64), accountId, state: 'knock' });
      return { pass: false, to: `/login/${id}`, json: { status: 'knock', at: id } };
    }
  }
  return Gate;
}

function stepUpOf(id: string, knock: StubModuleOptions): Type<StepUp> {
  @Injectable()
  class Confirmation implements StepUp {
    readonly path = `/login/${id}`;

    confirmation(
      _request: Request,
      _minutes: number,
      { name, page }: ConfirmedAct,
    ): Promise<{ to: string; act: string } | null> {
      const to = `/login/${id}?returnTo=${encodeURIComponent(page)}`;
      return Promise.resolve(knock.fresh ? null : { to, act: name });
    }

    setUpAddress(): Promise<string | null> {
      return Promise.resolve(null);
    }
  }
  return Confirmation;
}

function doorstepOf(id: string, knock: StubModuleOptions): Type {
  @Controller(`login/${id}`)
  class Doorstep {
    constructor(private readonly flow: LoginFlow) {}

    @Get()
    show(@Res() response: Response): void {
      response.send(`<h1>Knock at ${id}</h1>`);
    }

    @Post()
    @HttpCode(200)
    async knocks(@Req() request: Request, @Res() response: Response): Promise<void> {
      await knock.meanwhile?.();
      response.json(await this.flow.resume(request));
    }

    @Post('cancel')
    @HttpCode(200)
    async cancels(@Req() request: Request, @Res() response: Response): Promise<void> {
      response.json({ to: await this.flow.abandon(request) });
    }

    @Post('confirm')
    @HttpCode(200)
    async confirms(@Req() request: Request, @Res() response: Response): Promise<void> {
      await this.flow.renew(request);
      response.json({});
    }
  }
  return Doorstep;
}
