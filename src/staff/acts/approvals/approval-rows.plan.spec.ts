import { randomUUID } from 'node:crypto';
import { type DatabaseKind, forEachDatabase } from '../../../../test/support/databases/databases.js';
import { counted, planOf } from '../../../../test/support/databases/plan.js';
import { type Scratch, scratchDatabase } from '../../../../test/support/databases/scratch-database.js';
import { SystemClock } from '../../../clock.js';
import { ApprovalRow } from './approval.entity.js';
import { type ApprovalQuery, ApprovalRows } from './approval-rows.js';

const count = 4000;

/** Text in each database's plan that shows a walk along the index from its newest end. */
const walks: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SCAN approval USING INDEX staff_approvals_asked/,
  postgres: /Index Scan Backward using staff_approvals_asked on staff_approvals approval/,
  mariadb: / approval index \S* *staff_approvals_asked /,
};

/** Text that shows that only requests in one state are read, of which there are few. */
const narrows: Readonly<Record<DatabaseKind, RegExp>> = {
  sqlite: /SEARCH approval USING INDEX staff_approvals_state \(state=\?/,
  postgres: /using staff_approvals_state on staff_approvals approval|on staff_approvals_state/,
  mariadb: / approval (ref|range) \S*staff_approvals_state\S* staff_approvals_state /,
};

/** Text that shows sorting, which would have to read all rows. */
const sorts = /TEMP B-TREE|Sort|filesort/;

forEachDatabase('the list of approvals on', (kind) => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await scratchDatabase(kind);
    for (let from = 0; from < count; from += 500) await insert(from);
    await counted(scratch.database, kind, 'staff_approvals');
  });
  afterAll(() => scratch.close());

  async function insert(from: number): Promise<void> {
    const rows = Array.from({ length: 500 }, (_, index) => {
      const at = from + index;
      const facts = {
        act: 'account.suspend',
        parameters: '{}',
        reason: 'Because.',
        why: 'staff-acts.why.rank',
      };
      const people = { clientId: `client-${at % 300}`, askedBy: 'sam' };
      const state = at % 100 === 0 ? ('asked' as const) : ('done' as const);
      return { ...facts, ...people, id: randomUUID(), state, askedAt: at, expiresAt: at + 1 };
    });
    const insertion = scratch.database.manager.createQueryBuilder().insert().into(ApprovalRow);
    await insertion.values(rows).updateEntity(false).execute();
  }

  async function plan(query: Omit<ApprovalQuery, 'limit' | 'viewerId'>): Promise<string> {
    const rows = new ApprovalRows(scratch.database, new SystemClock());
    const ask = () => rows.list({ ...query, viewerId: 'mia', limit: 51 });
    return (await planOf(scratch.database, kind, ask)).join('\n');
  }

  it('is never put in order first', async () => {
    const steps = await plan({});
    expect(steps).toMatch(walks[kind]);
    expect(steps).not.toMatch(sorts);
  });

  it('does not look through decided requests for the few that wait', async () => {
    expect(await plan({ state: 'asked' })).toMatch(narrows[kind]);
  });
});
