import { randomUUID } from 'node:crypto';
import { type DatabaseKind, forEachDatabase } from '../../test/support/databases/databases.js';
import { counted, planOf } from '../../test/support/databases/plan.js';
import { type Scratch, scratchDatabase } from '../../test/support/databases/scratch-database.js';
import { type TicketQueueQuery, TicketQueue } from './ticket-queue.js';
import { TicketRow } from './ticket.entity.js';

const count = 6000;

/** Text in each database's plan that shows a walk along this index from its newest end. */
const walks: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SCAN ticket USING INDEX tickets_changed/,
  postgres: /Index Scan Backward using tickets_changed on tickets ticket/,
  mariadb: / ticket index +tickets_changed /,
};

/** Text that shows a start at a position in the index. */
const begins: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH ticket USING INDEX tickets_changed \(changed_at<\?\)/,
  postgres: /Index Scan Backward using tickets_changed on tickets ticket[^]*Index Cond: \(changed_at <=/,
  mariadb: / ticket range \S*tickets_changed tickets_changed /,
};

/** Text that shows that only tickets of one state are read, of which there are few. */
const narrows: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH ticket USING INDEX tickets_state \(state=\?/,
  postgres: /using tickets_state on tickets ticket[^]*Index Cond: \(+state\)::text =/,
  mariadb: / ticket (ref|range) \S*tickets_state\S* tickets_state /,
};

/** Text that shows a look-up of one number. */
const looksUp: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH ticket USING INDEX tickets_number \(number=\?/,
  postgres: /using tickets_number on tickets ticket/,
  // A unique index is read while the plan is made.
  mariadb: / (ticket const tickets_number|Impossible WHERE noticed after reading const tables)/,
};

/** Text that shows that only the tickets of one staff member are read. */
const picks: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH ticket USING INDEX tickets_assignee \(assignee_id=\?/,
  postgres: /(using|Scan on) tickets_assignee/,
  mariadb: / ticket (ref|range) \S*tickets_assignee\S* tickets_assignee /,
};

/** Text that shows sorting, which would have to read all rows. */
const sorts = /TEMP B-TREE|Sort|filesort/;

forEachDatabase('the tickets desk on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    for (let from = 0; from < count; from += 500) await insert(from);
    await counted(scratch.database, kind, 'tickets');
  });
  afterAll(() => scratch.close());

  async function insert(from: number): Promise<void> {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const at = from + index;
      const facts = { id: randomUUID(), accountId: `account-${at % 200}`, number: `T-${at}`, messages: 1 };
      const state = at % 100 === 0 ? ('open' as const) : ('closed' as const);
      const assigneeId = at % 50 === 0 ? `agent-${at % 500}` : null;
      return { ...facts, subject: 'Site down', state, openedAt: at, changedAt: at, assigneeId };
    });
    const { manager } = scratch.database;
    await manager.createQueryBuilder().insert().into(TicketRow).values(rows).updateEntity(false).execute();
  }

  async function plan(query: Omit<TicketQueueQuery, 'limit'>): Promise<string> {
    const desk = new TicketQueue(scratch.database);
    return (await planOf(scratch.database, kind, () => desk.list({ ...query, limit: 51 }))).join('\n');
  }

  const after = () => ({ at: 3000, id: randomUUID() });

  it('is never put in order first', async () => {
    const steps = await plan({});
    expect(steps).toMatch(walks[kind]);
    expect(steps).not.toMatch(sorts);
  });

  it('does not read the pages before the one that is asked for', async () => {
    const steps = await plan({ after: after() });
    expect(steps).toMatch(begins[kind]);
    expect(steps).not.toMatch(sorts);
  });

  it('is not read for a number, which an index finds', async () => {
    expect(await plan({ text: 'T-0000ABCD' })).toMatch(looksUp[kind]);
  });

  it('does not look through the tickets of others for mine', async () => {
    expect(await plan({ assigneeId: 'agent-50' })).toMatch(picks[kind]);
  });

  it('does not look through closed tickets for the few that are open', async () => {
    for (const query of [{ state: 'open' }, { state: 'open', after: after() }] as const)
      expect(await plan(query)).toMatch(narrows[kind]);
  });
});
