import type { Portal } from '../portal/portal.js';
import type { Owner } from './owner.js';
import { type JsonAnswer, Visitor } from './visitor.js';

/** What a token is made with. */
export interface WantedToken {
  readonly name?: string;
  readonly scopes?: readonly string[];
  readonly expiresInDays?: number;
}

/** All permissions that a token can have. */
export const allScopes = ['services:read', 'invoices:read', 'tickets:write', 'domains:write'];

let made = 0;

/** A program with a token: it has no cookies, and its requests come from an address of its own. */
export class Program {
  private readonly connection: Visitor;

  constructor(
    site: Pick<Portal, 'url'>,
    readonly token: string,
    readonly id = '',
  ) {
    this.connection = new Visitor(site.url);
  }

  get address(): string {
    return this.connection.address;
  }

  /** Sends a request with the token. */
  asks(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<JsonAnswer> {
    return this.connection.asks(method, path, body, { ...headers, Authorization: `Bearer ${this.token}` });
  }

  /** The same token, used at another node. */
  at(site: Pick<Portal, 'url'>): Program {
    return new Program(site, this.token, this.id);
  }
}

/** Confirms with password and code that it is them, as a program would. */
export async function confirmsAct({ clock }: Pick<Portal, 'clock'>, owner: Owner): Promise<void> {
  clock.passesSeconds(31);
  const proof = { password: owner.person.password, code: owner.app.code() };
  const { status } = await owner.visitor.asks('POST', '/account/confirm', proof);
  if (status !== 200) throw new Error(`The confirmation was refused: ${status}`);
}

/** The owner makes a token, after a step-up. */
export async function makesToken(site: Portal, owner: Owner, wanted: WantedToken = {}): Promise<Program> {
  made += 1;
  await confirmsAct(site, owner);
  const { name = `Program ${made}`, scopes = allScopes, ...rest } = wanted;
  const fields = { ...rest, name, scopes };
  const { status, body } = await owner.visitor.asks('POST', '/account/tokens', fields);
  if (status !== 200) throw new Error(`The token was refused: ${status} ${JSON.stringify(body)}`);
  const { value, id } = body['token'] as { value: string; id: string };
  return new Program(site, value, id);
}
