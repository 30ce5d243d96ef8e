import { EventEmitter, once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { StoredAnswers } from '../../../src/form-posts/stored-answers.js';
import { Tickets } from '../../../src/support/tickets.service.js';
import type { Visitor } from '../../support/people/visitor.js';
import { portal, type Portal } from '../../support/portal/portal.js';

const fields = { subject: 'Down', body: 'It is down.' };

describe('equal posts of a form', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => site.close());

  /** A signed-in customer on the page with the form of a new ticket. */
  async function customer(): Promise<Visitor> {
    const [person, visitor] = [await site.account('Ann'), site.visitor()];
    await visitor.signsIn(person);
    await visitor.goes('/tickets');
    return visitor;
  }

  async function ticketsOf(visitor: Visitor): Promise<number> {
    const { body } = await visitor.asks('GET', '/tickets');
    return (body['tickets'] as unknown[]).length;
  }

  it('wait together: fifteen of them ask the database as often as one', async () => {
    const [crowded, alone] = [await customer(), await customer()];
    const held = holdsAll(site.app.get(Tickets), 2);
    const tabs = Array.from({ length: 15 }, () => crowded.twin());
    const [single, first, lone] = [alone.twin(), crowded.submits(fields), alone.submits(fields)];
    await held.begun;
    const looks = countsLooks(site.app.get(StoredAnswers));
    const others = tabs.map((tab) => tab.submits(fields));
    await until(() => looks.most() >= tabs.length);
    const waits = single.submits(fields);
    // The single one shows how many rounds there were.
    await until(() => looks.least() >= 6);
    held.continues();
    const [shown, ...again] = await Promise.all([first, ...others]);
    await Promise.all([lone, waits]);
    expect(again.map(({ address }) => address)).toEqual(tabs.map(() => shown.address));
    // Each looks once when it comes and once when the wait ends; the rounds between are those of one post, or of two.
    expect(looks.most()).toBeLessThanOrEqual(2 * (tabs.length + looks.least()));
    expect(await ticketsOf(crowded)).toBe(1);
  });

  it('do not wait for an answer that could not be stored', async () => {
    const visitor = await customer();
    const stored = site.app.get(StoredAnswers);
    jest.spyOn(stored, 'keep').mockRejectedValueOnce(new Error('disk full'));
    const looks = jest.spyOn(stored, 'look');
    const tab = visitor.twin();
    expect((await visitor.submits(fields)).status).toBe(200);
    expect((await tab.submits(fields)).status).toBe(200);
    // The second one found no row of the first, and was carried out by itself.
    expect(looks).not.toHaveBeenCalled();
    expect(await ticketsOf(visitor)).toBe(2);
  });
});

/** Holds this number of tickets until they may be opened. */
function holdsAll(tickets: Tickets, number: number): { begun: Promise<unknown>; continues: () => void } {
  const open = tickets.open.bind(tickets);
  const gate = new EventEmitter();
  const [begun, held] = [once(gate, 'begun'), once(gate, 'continues')];
  let came = 0;
  jest.spyOn(tickets, 'open').mockImplementation(async (...given) => {
    came += 1;
    if (came === number) gate.emit('begun');
    await held;
    return open(...given);
  });
  return { begun, continues: () => void gate.emit('continues') };
}

/** Counts how often each post looks for its answer: the most and the least busy one of two. */
function countsLooks(stored: StoredAnswers): { readonly most: () => number; readonly least: () => number } {
  const look = stored.look.bind(stored);
  const counts = new Map<string, number>();
  jest.spyOn(stored, 'look').mockImplementation((post) => {
    counts.set(post.id, (counts.get(post.id) ?? 0) + 1);
    return look(post);
  });
  const most = () => Math.max(0, ...counts.values());
  return { most, least: () => (counts.size < 2 ? 0 : Math.min(...counts.values())) };
}

/** Waits until it is so, however slow the machine is. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
