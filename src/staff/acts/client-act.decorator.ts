import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import type { ActValues } from '../../portal/fresh/act-titles.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { StaffAction } from '../common/own-factor.guard.js';
import { ActChecks } from './act-checks.js';
import { StaffActRegistry } from './act-registry.js';
import { ActClientName } from './act-client-name.js';

/** How old a confirmation may be, in minutes. */
const freshMinutes = 5;

const routeKey = 'portal:client-act';

/** Finds the client of a request whose address does not contain their id. */
export interface ActClient {
  /** The account's id; null where there is none. */
  idOf(request: Request): Promise<string | null>;
}

/** The route of an act. */
export interface ClientActRoute {
  /** The name of the registered act. */
  readonly act: string;
  /** Message key of what will happen; the same key with `.unnamed` has no values. */
  readonly title: string;
  /** The provider of the title's values. Default: `client`, for an address with the client's id. */
  readonly values?: Type<ActValues>;
  /** The provider that finds the client. Default: the id in the address, `:id`. */
  readonly client?: Type<ActClient>;
  /** The page with the form. Default: the address of the route itself. */
  readonly page?: string;
}

/** Refuses what no confirmation would change, before anything is asked of the agent. */
@Injectable()
class ClientActGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly reference: ModuleRef,
    private readonly registry: StaffActRegistry,
    private readonly checks: ActChecks,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const route = this.reflector.get<ClientActRoute>(routeKey, context.getHandler());
    const act = this.registry.find(route.act);
    if (!act) throw new Error(`No act is registered as ${route.act}.`);
    await this.checks.client(currentAccount(request), act, await this.clientOf(request, route));
    return true;
  }

  private async clientOf(request: Request, { client }: ClientActRoute): Promise<string | null> {
    if (!client) return String(request.params['id']);
    return this.reference.get(client, { strict: false }).idOf(request);
  }
}

/**
 * A form of staff that acts on a client. It checks in this order, each with a refusal of its own: the client exists; the agent's
 * role has the permission; it is not the agent's own account; the agent has a factor; the agent confirmed this very act in the
 * last five minutes (ASVS 5.0 7.5.3). A sign-in never counts. What was posted is carried out after the confirmation.
 */
export const ClientAct = (route: ClientActRoute): MethodDecorator =>
  applyDecorators(
    SetMetadata(routeKey, route),
    UseGuards(ClientActGuard),
    StaffAction(),
    Fresh(freshMinutes, {
      act: route.act,
      title: route.title,
      values: route.values ?? ActClientName,
      page: route.page,
    }),
  );
