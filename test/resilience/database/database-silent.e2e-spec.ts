import { DatabaseProxy } from '../../support/network/database-proxy.js';
import { forEachDatabaseServer } from '../../support/databases/databases.js';
import { pending, owner, type Owner } from '../../support/people/owner.js';
import type { Person } from '../../support/people/accounts.js';
import { hasPlaces } from '../../support/portal/places.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import { QueryWatch } from '../../support/databases/query-watch.js';
import {
  askedFor,
  heard,
  longest,
  prints,
  signsOfWaiting,
  statuses,
  wholeAfter,
} from '../../support/databases/silence.js';
import type { Visitor } from '../../support/people/visitor.js';

/** How long the database is silent; longer where somebody has the time. Milliseconds. */
const silence = Number(process.env['SILENCE_SECONDS'] ?? 4) * 1000;
/** The bounds that the portal promises, in milliseconds. */
const answered = 5_000;
const recovered = 10_000;
/** The pool of a node. */
const places = 10;

/** Holds the table of the sessions, and lets it go. */
const hold = {
  postgres: {
    begin: ['BEGIN', 'LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE'],
    end: ['ROLLBACK'],
  },
  mariadb: { begin: ['LOCK TABLES sessions WRITE'], end: ['UNLOCK TABLES'] },
} as const;

/** Something happens when a transaction is about to be committed. */
class CommitWatch extends QueryWatch {
  private happens: () => void = () => undefined;

  constructor(site: Portal) {
    super();
    this.listensTo(site.database);
  }

  next(happens: () => void): void {
    this.happens = happens;
  }

  logQuery(query: string): void {
    if (query === 'COMMIT') this.happens();
  }
}

forEachDatabaseServer('when the database says nothing any more:', (database) => {
  let behind: Portal;
  let databaseProxy: DatabaseProxy;
  let site: Portal;
  let ann: Owner;
  let commits: CommitWatch;
  beforeAll(async () => {
    behind = await portal({ database });
    const under = await DatabaseProxy.under(behind.databaseUrl);
    databaseProxy = under.databaseProxy;
    site = await portal({ besides: behind, env: { DATABASE_URL: under.url } });
    ann = await owner(site, 'Ann');
    commits = new CommitWatch(site);
  });
  afterEach(() => databaseProxy.mend());
  afterAll(async () => {
    await site.close();
    await databaseProxy.remove();
    await behind.close();
  });

  const signsIn = async (visitor: Visitor, { email, password } = ann.person) =>
    visitor.asks('POST', '/login', { email, password });

  /** How long it takes until these sign in at once and the pool has all its places, in milliseconds. */
  const wholeFor = (people: readonly Person[]) =>
    wholeAfter(async () => {
      const answers = await Promise.all(people.map((person) => signsIn(site.visitor(), person)));
      return answers.every(({ status }) => status === 200) && (await hasPlaces(site.database, places));
    });

  it.each([
    ['in neither direction', (wire: DatabaseProxy) => wire.fallsSilent('everything')],
    ['its answers being lost', (wire: DatabaseProxy) => wire.fallsSilent('answers')],
    [
      'new connections included, once the old ones broke',
      (wire: DatabaseProxy) => wire.answersNoNewConnection(),
    ],
  ])(
    '%s, every request gets a 503 within 5 s, no session is created, and all works within 10 s of its return',
    async (how, falls) => {
      const people = await Promise.all(['Bob', 'Cy', 'Di', 'Ed'].map((name) => site.account(name)));
      const [reader, asked, newcomer] = [site.visitor(), await pending(site, ann.person), site.visitor()];
      await signsIn(reader, people[0]);
      await newcomer.goes('/login');
      falls(databaseProxy);
      const proof = { kind: 'totp', code: ann.app.code() };
      const asks = [
        ...people.map((person) => () => signsIn(site.visitor(), person)),
        () => asked.asks('POST', '/login/challenge', proof),
        () => reader.asks('GET', '/invoices'),
        () => newcomer.twin().submits({ email: ann.person.email, password: ann.person.password }),
        () => site.visitor().asks('GET', '/readyz'),
      ];
      const alive = [() => site.visitor().asks('GET', '/healthz')];
      const [answers, signs] = await Promise.all([askedFor(silence, asks), askedFor(silence, alive)]);
      expect(statuses(answers)).toEqual([503]);
      expect(longest(answers)).toBeLessThan(answered);
      expect([statuses(signs), signsOfWaiting(signs)]).toEqual([[200], []]);
      databaseProxy.mend();
      const whole = await wholeFor(people);
      prints(`${database}, ${how}`, { answers, signs, whole });
      expect(whole).toBeLessThan(recovered);
      expect((await reader.asks('GET', '/invoices')).status).toBe(200);
      expect((await site.visitor().asks('GET', '/readyz')).status).toBe(200);
    },
    silence + 60_000,
  );

  it.each(['everything', 'answers'] as const)(
    'where %s is lost from a commit on, there is a 503 within 5 s, no session is created, and the next attempt succeeds',
    async (lost) => {
      const bob = await site.account('Bob');
      const visitor = site.visitor();
      commits.next(() => databaseProxy.fallsSilent(lost));
      const answer = await heard(() => signsIn(visitor, bob));
      commits.next(() => undefined);
      expect([answer.status, answer.took < answered]).toEqual([503, true]);
      databaseProxy.mend();
      expect((await visitor.asks('GET', '/invoices')).status).toBe(401);
      expect(await wholeFor([bob])).toBeLessThan(recovered);
    },
  );

  it('connections that are dead for good are thrown away, and all is whole within 10 s by new ones', async () => {
    const bob = await site.account('Bob');
    expect(await hasPlaces(site.database, places)).toBe(true);
    databaseProxy.losesTheOld();
    const answer = await heard(() => signsIn(site.visitor(), bob));
    expect([answer.status, answer.took < answered]).toEqual([503, true]);
    expect(await wholeFor([bob, bob, bob, bob])).toBeLessThan(recovered);
  });

  it('a table that another client locks costs a 503 within 5 s, and no connection', async () => {
    const bob = await site.account('Bob');
    const other = behind.database.createQueryRunner();
    for (const statement of hold[database].begin) await other.query(statement);
    const answer = await heard(() => signsIn(site.visitor(), bob));
    for (const statement of hold[database].end) await other.query(statement);
    await other.release();
    expect([answer.status, answer.took < answered]).toEqual([503, true]);
    expect((await signsIn(site.visitor(), bob)).status).toBe(200);
    expect(await hasPlaces(site.database, places)).toBe(true);
  });
});
