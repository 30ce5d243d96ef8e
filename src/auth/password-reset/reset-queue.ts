import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { normalEmail } from '../../accounts/account.js';
import { Clock } from '../../clock.js';
import type { Origin } from '../../events/origin.js';
import type { Actor } from '../../events/portal-event.js';
import { QueuedResetRow } from './queued-reset.entity.js';

/** Longest address that an account can have, in characters. */
const longestEmail = 254;

/** The requester of a link, and the origin of the request. */
export interface ResetRequester extends Origin {
  readonly actor: Actor;
}

/** A request for a link to this address. */
export interface QueuedReset {
  readonly id: string;
  /** In its normal form; empty: it is longer than any account's address. */
  readonly email: string;
  /** The requester as JSON; see `askerOf`. */
  readonly asker: string;
  /** UTC ms. */
  readonly createdAt: number;
}

/** The queue of requests for links: one row for each, whether an account has the address or not. */
@Injectable()
export class ResetQueue {
  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Stores a request: one statement, committed at once. */
  async add(email: string, asker: ResetRequester): Promise<void> {
    const normal = normalEmail(email);
    await this.database.manager.insert(QueuedResetRow, {
      id: randomUUID(),
      email: normal.length > longestEmail ? '' : normal,
      asker: JSON.stringify(asker),
      createdAt: this.clock.now(),
    });
  }

  /** The oldest requests, at most `most`. */
  oldest(most: number): Promise<QueuedReset[]> {
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    return this.database.manager.find(QueuedResetRow, { order, take: most });
  }

  /** Deletes a request, as the first statement of the given transaction. Returns true for exactly one process. */
  async take({ id }: QueuedReset, manager: EntityManager = this.database.manager): Promise<boolean> {
    return (await manager.delete(QueuedResetRow, { id })).affected === 1;
  }
}

/**
 * The requester.
 * @throws SyntaxError when the row was modified.
 */
export function askerOf({ asker }: QueuedReset): ResetRequester {
  return JSON.parse(asker) as ResetRequester;
}
