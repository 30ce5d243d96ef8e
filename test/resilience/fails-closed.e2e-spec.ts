import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { SessionRow } from '../../src/auth/sessions/rows/session.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { type Fall, FallingDatabase, fallsOf } from '../support/databases/falling-database.js';
import { owner, type Owner } from '../support/people/owner.js';
import type { Visitor } from '../support/people/visitor.js';

/** More statements than a sign-in has. */
const beyond = 60;
const patience = 180_000;

type Proof = Readonly<{ kind: string; code: string }>;

/** The statuses of the two steps; the second is not asked for what the first refused. */
async function signsIn({ person: { email, password } }: Owner, visitor: Visitor, proof: Proof) {
  const first = await visitor.asks('POST', '/login', { email, password });
  if (first.status !== 200) return [first.status];
  return [200, (await visitor.asks('POST', '/login/challenge', proof)).status];
}

const isIn = async (visitor: Visitor) => (await visitor.asks('GET', '/invoices')).status === 200;

/** The factors of a person, one after the other; when none is left, another person follows. */
const proofs = {
  totp: async (ann: Owner) => ({ ann, proof: { kind: 'totp', code: ann.app.code() } }),
  'backup-codes': async (ann: Owner, database: FallingDatabase) => {
    const one = ann.codes.length > 1 ? ann : await owner(database.site, 'Ann');
    const [code = '', ...codes] = one.codes;
    return { ann: { ...one, codes }, proof: { kind: 'backup-codes', code } };
  },
};

forEachDatabase('a sign-in whose database goes away in the middle, on', (kind) => {
  let database: FallingDatabase;
  beforeAll(async () => {
    database = await FallingDatabase.under(kind);
  });
  afterAll(() => database.close());

  const sessions = ({ person }: Owner) =>
    database.site.database.manager.countBy(SessionRow, { accountId: person.id });

  /** A sign-in; the database fails at its `nth` statement. False: it has fewer statements. */
  async function falls(nth: number, fall: Fall, ann: Owner, proof: Proof): Promise<boolean> {
    const { site } = database;
    const before = await sessions(ann);
    const [visitor, again, next] = [site.visitor(), site.visitor(), site.visitor()];
    database.fallsAt(nth, fall);
    const statuses = await signsIn(ann, visitor, proof);
    const fell = database.returns();
    const wasIn = await isIn(visitor);
    expect({ nth, statuses, wasIn }).toEqual({
      nth,
      statuses: expect.arrayContaining([wasIn ? 200 : 503]),
      wasIn: statuses.join() === '200,200',
    });
    if (fall === 'unreached') expect(await sessions(ann)).toBe(before + (wasIn ? 1 : 0));
    await signsIn(ann, again, proof);
    expect({ nth, entries: [wasIn, await isIn(again)] }).not.toEqual({ nth, entries: [true, true] });
    site.clock.passesSeconds(90);
    expect(await signsIn(ann, next, { kind: 'totp', code: ann.app.code() })).toEqual([200, 200]);
    site.clock.passesSeconds(90);
    return fell;
  }

  // A backup code takes the same way, only slower, so one database is enough.
  const kinds = kind === 'sqlite' ? (['totp', 'backup-codes'] as const) : (['totp'] as const);
  const cases = fallsOf(kind).flatMap((fall) => kinds.map((each) => [fall, each] as const));
  it.each(cases)(
    'at any statement, %s, creates no session on %s, counts no failure, and works again afterwards',
    async (fall, proving) => {
      let ann = await owner(database.site, 'Ann');
      let proof: Proof;
      let nth = 0;
      do {
        nth += 1;
        ({ ann, proof } = await proofs[proving](ann, database));
      } while ((await falls(nth, fall, ann, proof)) && nth < beyond);
      expect(nth).toBeGreaterThan(14);
      expect(nth).toBeLessThan(beyond);
      database.site.clock.passesMinutes(10);
      await database.site.sweeps();
      const told = { accountId: ann.person.id, name: 'login.succeeded' };
      expect(await database.site.database.manager.countBy(AuditEntryRow, told)).toBe(await sessions(ann));
    },
    patience,
  );
});
