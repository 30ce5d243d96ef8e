import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { normalEmail } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import type { Origin } from '../../events/origin.js';
import type { Actor } from '../../events/portal-event.js';
import { ResetWishRow } from './reset-wish.entity.js';

/** Longest address that an account can have, in characters. */
const longestEmail = 254;

/** Who asked for a link, and from where. */
export interface ResetAsker extends Origin {
  readonly actor: Actor;
}

/** A link is wanted for this address. */
export interface ResetWish {
  readonly id: string;
  /** In its normal form; empty: it is longer than any account's. */
  readonly email: string;
  /** Who asked, as JSON; see `askerOf`. */
  readonly asker: string;
  /** UTC ms. */
  readonly createdAt: number;
}

/** The queue of requests for links: one row each, whether an account has the address or not. */
@Injectable()
export class ResetWishes {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Keeps a request: one statement, committed at once. */
  async add(email: string, asker: ResetAsker): Promise<void> {
    const normal = normalEmail(email);
    await this.database.manager.insert(ResetWishRow, {
      id: randomUUID(),
      email: normal.length > longestEmail ? '' : normal,
      asker: JSON.stringify(asker),
      createdAt: this.clock.now(),
    });
  }

  /** The oldest ones, not more than `most`. */
  oldest(most: number): Promise<ResetWish[]> {
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    return this.database.manager.find(ResetWishRow, { order, take: most });
  }

  /** Takes a request out, in the unit at hand, whose first statement this is: true for exactly one process. */
  async take({ id }: ResetWish, manager: EntityManager = this.database.manager): Promise<boolean> {
    return (await manager.delete(ResetWishRow, { id })).affected === 1;
  }
}

/** Who asked. @throws SyntaxError when the row was changed. */
export function askerOf({ asker }: ResetWish): ResetAsker {
  return JSON.parse(asker) as ResetAsker;
}
