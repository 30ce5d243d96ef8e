import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import type { Person } from '../support/people/accounts.js';
import { FileHolder } from '../support/databases/file-holder.js';
import { pending, owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { askedFor, heard, longest, statuses } from '../support/databases/silence.js';

/** How long it is held where the portal waits for it, and where it waits too long. Milliseconds. */
const short = 2_500;
const tooLong = 7_000;
/**
 * The maximum for a live process, in milliseconds, on a busy machine. A blocked process takes as long as the lock is
 * held.
 */
const atOnce = 1_000;

describe('while another process holds the file of SQLite', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal();
  });
  afterAll(() => site.close());

  const holds = (begin: string, forMs: number) =>
    FileHolder.holds(site.databaseUrl.slice('sqlite:'.length), begin, forMs);
  const signsIn = ({ email, password }: Person, visitor = site.visitor()) =>
    visitor.asks('POST', '/login', { email, password });
  const alive = [() => site.visitor().asks('GET', '/healthz')];
  const sessions = ({ id }: Person) => site.database.manager.countBy(SessionRow, { accountId: id });

  it.each(['BEGIN IMMEDIATE', 'BEGIN EXCLUSIVE'])(
    'by %s, the process answers, reads go on, and sign-ins succeed once it lets go',
    async (begin) => {
      const people = await Promise.all(['Bob', 'Cy', 'Di'].map((name) => site.account(name)));
      const ann = await owner(site, 'Ann');
      const [reader, asked] = [site.visitor(), await pending(site, ann.person)];
      await signsIn(people[0]!, reader);
      // Later than the last request by more than a minute: this read notes itself, which waits, too.
      site.clock.passesMinutes(2);
      const other = await holds(begin, short);
      const proof = { kind: 'totp', code: ann.app.code() };
      const waiting = Promise.all([
        ...people.map((person) => heard(() => signsIn(person))),
        heard(() => asked.asks('POST', '/login/challenge', proof)),
      ]);
      const reads = [() => reader.asks('GET', '/invoices'), () => site.visitor().asks('GET', '/readyz')];
      const [signs, seen] = await Promise.all([askedFor(short - 500, alive), askedFor(short - 500, reads)]);
      const waited = await waiting;
      await other.ended();
      expect([statuses(signs), longest(signs) < atOnce]).toEqual([[200], true]);
      expect([statuses(seen), longest(seen) < atOnce]).toEqual([[200], true]);
      expect(statuses(waited)).toEqual([200]);
      // They did wait, and for no longer than they had to.
      for (const { took } of waited) expect([took > short - 1_500, took < 5_000]).toEqual([true, true]);
      expect(await Promise.all(people.map(sessions))).toEqual([2, 1, 1]);
    },
  );

  it('for too long, sign-ins have a 503 within 5 s, and nothing of them is done', async () => {
    const people = await Promise.all(['Bob', 'Cy', 'Di'].map((name) => site.account(name)));
    const ann = await owner(site, 'Ann');
    const asked = await pending(site, ann.person);
    const before = await sessions(ann.person);
    const other = await holds('BEGIN IMMEDIATE', tooLong);
    const proof = { kind: 'totp', code: ann.app.code() };
    const [answers, signs] = await Promise.all([
      Promise.all([
        ...people.map((person) => heard(() => signsIn(person))),
        heard(() => asked.asks('POST', '/login/challenge', proof)),
      ]),
      askedFor(4_000, alive),
    ]);
    expect([statuses(answers), longest(answers) < 5_000]).toEqual([[503], true]);
    expect([statuses(signs), longest(signs) < atOnce]).toEqual([[200], true]);
    expect(await Promise.all([...people, ann.person].map(sessions))).toEqual([0, 0, 0, before]);
    await other.ended();
    await site.settled();
    expect(
      await site.database.manager.countBy(AuditEntryRow, {
        accountId: people[0]!.id,
        name: 'login.succeeded',
      }),
    ).toBe(0);
    expect((await asked.asks('POST', '/login/challenge', proof)).status).toBe(200);
    expect((await signsIn(people[0]!)).status).toBe(200);
  });
});
