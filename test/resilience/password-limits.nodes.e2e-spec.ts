import { forEachDatabase } from '../support/databases/databases.js';
import type { Person } from '../support/people/accounts.js';
import type { Visitor } from '../support/people/visitor.js';
import { Nodes } from '../support/portal/nodes.js';
import { buildPortal } from '../support/portal/portal-process.js';

/** Building and starting real processes takes longer than other stories. Milliseconds. */
const patience = 300_000;
/** How many requests at the same instant. */
const crowd = 60;

const wrong = 'not the password';

forEachDatabase('guessing at a password on every node over', (kind) => {
  let nodes: Nodes;
  let next = 0;
  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    nodes = await Nodes.start(kind, 5);
  }, patience);
  afterAll(() => nodes.stop());

  const person = (): Person => nodes.people[next++]!;
  /** Browsers at one client address, at the nodes in turn. */
  const browsers = (count: number): Visitor[] => {
    const address = `10.77.0.${next}`;
    return Array.from({ length: count }, () => Object.assign(nodes.visitor(), { address }));
  };
  const signIns = async (visitors: readonly Visitor[], email: string, password: string) => {
    const answers = await Promise.all(
      visitors.map((each) => each.asks('POST', '/login', { email, password })),
    );
    return answers.map(({ status }) => status);
  };
  const count = (statuses: readonly number[], status: number) =>
    statuses.filter((each) => each === status).length;

  it(
    '5 of 60 wrong passwords at once are judged, and then a right one is refused everywhere',
    async () => {
      const { email, password } = person();
      const all = browsers(crowd);
      const statuses = await signIns(all, email, wrong);
      expect([count(statuses, 401), count(statuses, 429)]).toEqual([5, crowd - 5]);
      expect(await signIns(all.slice(0, 2), email, password)).toEqual([429, 429]);
      expect(await signIns([nodes.visitor()], email, password)).toEqual([200]);
    },
    patience,
  );

  it(
    '30 wrong passwords for as many accounts are judged from one address',
    async () => {
      next += 1;
      const answers = browsers(crowd).map((each, i) => signIns([each], `nobody-${i}@example.com`, wrong));
      const statuses = (await Promise.all(answers)).flat();
      expect([count(statuses, 401), count(statuses, 429)]).toEqual([30, crowd - 30]);
    },
    patience,
  );

  it(
    'right passwords are not counted, however many arrive at once',
    async () => {
      const { email, password } = person();
      const statuses = await signIns(browsers(40), email, password);
      expect(statuses).toEqual(Array(40).fill(200));
    },
    patience,
  );

  it(
    'a restart and kill -9 keep a wait, and checks under way hold nothing',
    async () => {
      const [ann, bob] = [person(), person()];
      const [guesser] = browsers(1);
      for (let guess = 0; guess < 5; guess += 1)
        expect(await signIns([guesser!], ann.email, wrong)).toEqual([401]);
      const inFlight = browsers(crowd).map((each) =>
        each.asks('POST', '/login', { email: bob.email, password: wrong }).catch(() => undefined),
      );
      await Promise.race(inFlight);
      await nodes.killed();
      await Promise.all(inFlight);
      expect(await signIns([guesser!], ann.email, ann.password)).toEqual([429]);
      expect(await signIns([nodes.visitor()], bob.email, bob.password)).toEqual([200]);
    },
    patience,
  );

  it(
    'the sixth link for an address is refused, whichever node is asked',
    async () => {
      const asked = browsers(12).map((each, i) =>
        Object.assign(each, { address: `10.78.0.${i}` }).asks('POST', '/password/forgot', {
          email: `${kind}-nobody@example.com`,
        }),
      );
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect([count(statuses, 429), statuses.filter((status) => status < 400).length]).toEqual([7, 5]);
    },
    patience,
  );
});
