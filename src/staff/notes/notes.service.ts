import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { transaction } from 'typeorm-unit-of-work';
import { currentAccount } from '../../accounts/current-account.js';
import { actorOf } from '../../auth/common/actor.js';
import { Clock } from '../../clock.js';
import { PortalEvents } from '../../events/portal-events.js';
import { NoteRow, type NoteSubject } from './note.entity.js';

/** Number of notes that a page shows. */
const latest = 20;

/** A note as staff read it. */
export type Note = Pick<NoteRow, 'id' | 'authorName' | 'body' | 'writtenAt'>;

/** What a note is about, and the account that it concerns. */
export interface NotePlace {
  readonly about: NoteSubject;
  readonly aboutId: string;
  readonly accountId: string;
}

/** What staff write for staff. The caller must check the permission. */
@Injectable()
export class Notes {
  constructor(
    private readonly database: DataSource,
    private readonly events: PortalEvents,
    private readonly clock: Clock,
  ) {}

  /** The latest notes, newest first. */
  async of(about: NoteSubject, aboutId: string): Promise<readonly Note[]> {
    const order = { writtenAt: 'DESC', id: 'ASC' } as const;
    const where = { about, aboutId };
    const rows = await this.database.manager.find(NoteRow, { where, order, take: latest });
    return rows.map(({ id, authorName, body, writtenAt }) => ({ id, authorName, body, writtenAt }));
  }

  /** Adds a note and its event, which does not contain the text, in one transaction. Returns its id. */
  async add(request: Request, { about, aboutId, accountId }: NotePlace, body: string): Promise<string> {
    const author = currentAccount(request);
    const id = randomUUID();
    const by = { authorId: author.id, authorName: author.name };
    await transaction(this.database, async (manager) => {
      await manager.insert(NoteRow, { ...by, id, about, aboutId, body, writtenAt: this.clock.now() });
      const facts = { accountId, actor: actorOf(author), data: { noteId: id, about } };
      await this.events.record('note.added', facts, request, manager);
    });
    return id;
  }
}
