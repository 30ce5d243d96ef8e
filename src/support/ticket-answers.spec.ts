import { randomUUID } from 'node:crypto';
import { forEachDatabase } from '../../test/support/databases/databases.js';
import { FixedClock } from '../../test/support/portal/fixed-clock.js';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import type { PortalEvents } from '../events/portal-events.js';
import { TicketAnswers } from './ticket-answers.js';
import { TicketQueue } from './ticket-queue.js';
import { TicketEvents } from './ticket-events.js';
import { Tickets } from './tickets.service.js';

const ann = { id: randomUUID(), name: 'Ann', role: 'customer' } as const;
const sam = { id: randomUUID(), name: 'Sam', role: 'support' } as const;

forEachDatabase('staff with a ticket on', (kind) => {
  let scratch: Scratch;
  /** The events recorded so far; recording an event named in `lost` fails. */
  let told: string[];
  let lost: string[];
  let answers: TicketAnswers;
  let tickets: Tickets;
  const clock = new FixedClock();

  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    const record = (name: string) => {
      if (lost.includes(name)) return Promise.reject(new Error(`${name} is lost`));
      told.push(name);
      return Promise.resolve();
    };
    const events = new TicketEvents({ record } as unknown as PortalEvents);
    answers = new TicketAnswers(scratch.database, events, clock);
    tickets = new Tickets(scratch.database, events, clock);
  });
  afterAll(() => scratch.close());

  async function opened(): Promise<string> {
    [told, lost] = [[], []];
    const id = await tickets.open(null, ann, { subject: 'Slow', body: 'It is slow.' });
    told.length = 0;
    return id;
  }

  async function standing(id: string): Promise<[string | undefined, number | undefined]> {
    const found = await new TicketQueue(scratch.database).conversation(id);
    return [found?.ticket.state, found?.messages.length];
  }

  it.each([
    [{ answer: 'Done.', closes: false }, 'answered', 2, ['ticket.answered']],
    [{ answer: 'Done.', closes: true }, 'closed', 2, ['ticket.answered', 'ticket.closed']],
    [{ answer: null, closes: true }, 'closed', 1, ['ticket.closed']],
  ])('cannot do %j without an event of each', async (word, state, messages, events) => {
    const id = await opened();
    expect(await answers.take(null, sam, id, word)).toBe(true);
    expect(await standing(id)).toEqual([state, messages]);
    expect(told).toEqual(events);
  });

  it.each(['ticket.answered', 'ticket.closed'])(
    'neither answer nor close when they do both and %s cannot be written',
    async (name) => {
      const id = await opened();
      lost = [name];
      await expect(answers.take(null, sam, id, { answer: 'Done.', closes: true })).rejects.toThrow(name);
      expect(await standing(id)).toEqual(['open', 1]);
    },
  );

  it('cannot close twice, nor do anything to a ticket that nobody has', async () => {
    const id = await opened();
    const close = { answer: null, closes: true };
    expect(await answers.take(null, sam, id, close)).toBe(true);
    expect(await answers.take(null, sam, id, close)).toBe(false);
    for (const none of [randomUUID(), 'a\u0000', ''])
      expect(await answers.take(null, sam, none, { answer: 'Hello', closes: true })).toBe(false);
    expect(told).toEqual(['ticket.closed']);
  });
});
