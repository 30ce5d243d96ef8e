import { DatabaseProxy } from '../../support/network/database-proxy.js';
import { forEachDatabaseServer } from '../../support/databases/databases.js';
import { Nodes } from '../../support/portal/nodes.js';
import { buildPortal } from '../../support/portal/portal-process.js';
import {
  askedFor,
  longest,
  prints,
  signsOfWaiting,
  statuses,
  wholeAfter,
} from '../../support/databases/silence.js';

/** Building and starting real processes takes longer than other stories. Milliseconds. */
const patience = 300_000;
/** How long the database is silent; longer where somebody has the time. Milliseconds. */
const silence = Number(process.env['SILENCE_SECONDS'] ?? 5) * 1000;
/** The pools of two nodes. */
const places = 20;

forEachDatabaseServer('two nodes whose database says nothing any more:', (kind) => {
  let databaseProxy: DatabaseProxy;
  let nodes: Nodes;
  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    nodes = await Nodes.start(kind, places, async (url) => {
      const under = await DatabaseProxy.under(url);
      databaseProxy = under.databaseProxy;
      return under.url;
    });
  }, patience);
  afterAll(async () => {
    await nodes.stop();
    await databaseProxy.remove();
  });

  const signIns = () =>
    nodes.people.map(({ email, password }) => {
      const visitor = nodes.visitor();
      return () => visitor.asks('POST', '/login', { email, password });
    });

  it(
    'every sign-in has a 503 within 5 s, and both are whole within 10 s of its return',
    async () => {
      const alive = [nodes.visitor(), nodes.visitor()].map((each) => () => each.asks('GET', '/healthz'));
      databaseProxy.fallsSilent();
      const [answers, signs] = await Promise.all([
        // More at once than there are places.
        askedFor(silence, [...signIns(), ...signIns()]),
        askedFor(silence, alive),
      ]);
      databaseProxy.mend();
      const whole = await wholeAfter(async () => {
        const all = await Promise.all(signIns().map((signIn) => signIn()));
        return all.every(({ status }) => status === 200);
      });
      prints(`${kind}, two nodes`, { answers, signs, whole });
      expect(statuses(answers)).toEqual([503]);
      expect(longest(answers)).toBeLessThan(5_000);
      expect([statuses(signs), signsOfWaiting(signs)]).toEqual([[200], []]);
      expect(whole).toBeLessThan(10_000);
    },
    patience,
  );
});
