import { Controller, Get, HttpCode, Injectable, Module, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { join } from 'node:path';
import { LoginFlow } from '../../src/auth/login-flow.js';
import { heldSession } from '../../src/auth/current-session.js';
import { projectRoot } from '../../src/pages/project-root.js';
import type { Door, GateAnswer, LoginGate, PortalModule, StepUp } from '../../src/portal/portal-module.js';

/** It brings neither pages nor texts. */
const folder = join(projectRoot(), 'test/support/knock');

/** What the tests tell a knock module to do; `fails` makes its gate break. */
export interface Knock {
  holds: boolean;
  fails: boolean;
  fresh: boolean;
}

/**
 * A module that is not two-factor: its gate holds a login until somebody knocks. So the portal's side of the handshake is
 * tried by itself.
 */
export function knockModule(id: string): PortalModule & { readonly knock: Knock } {
  const knock: Knock = { holds: true, fails: false, fresh: false };

  @Injectable()
  class Gate implements LoginGate {
    constructor(private readonly flow: LoginFlow) {}

    async ask(request: Request, accountId: string): Promise<GateAnswer> {
      if (knock.fails) throw new Error('the gate is broken');
      if (!knock.holds) return { pass: true };
      await this.flow.hold(request, { id: `${id}-${accountId}`.slice(0, 64), accountId, state: 'knock' });
      return { pass: false, to: `/login/${id}`, json: { status: 'knock', at: id } };
    }
  }

  @Injectable()
  class Confirmation implements StepUp {
    async fresh(): Promise<boolean> {
      return knock.fresh;
    }

    address(returnTo: string): string {
      return `/login/${id}?returnTo=${encodeURIComponent(returnTo)}`;
    }
  }

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
      response.json(await this.flow.complete(request, 'proved'));
    }

    @Post('confirm')
    @HttpCode(200)
    async confirms(@Req() request: Request, @Res() response: Response): Promise<void> {
      response.json(await this.flow.complete(request, 'stepped-up'));
    }
  }

  @Module({ controllers: [Doorstep], providers: [Gate, Confirmation], exports: [Gate, Confirmation] })
  class Room {}

  return {
    id,
    title: id,
    version: '1.0.0',
    nest: Room,
    entities: [],
    migrations: [],
    templates: folder,
    messages: folder,
    gate: Gate,
    stepUp: Confirmation,
    door: (context): Door | undefined => {
      if (context.getClass() !== Doorstep) return undefined;
      return context.getHandler().name === 'confirms' ? 'signed-in' : 'held';
    },
    waiting: (request) => (heldSession(request)?.gate === id ? `/login/${id}` : undefined),
    knock,
  };
}
