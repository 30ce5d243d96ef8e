import { SoftPasskey } from 'nestjs-two-factor/testing';
import type { Person } from '../../support/people/accounts.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { askedIn } from '../../support/people/key-owner.js';
import { Nodes } from '../../support/portal/nodes.js';
import { buildPortal } from '../../support/portal/portal-process.js';
import type { Visitor } from '../../support/people/visitor.js';

/** Building and starting real processes takes longer than other stories. Milliseconds. */
const patience = 300_000;
/** How often; more where somebody has the time. */
const rounds = Number(process.env['RACE_ROUNDS'] ?? 1);

const room = '/account/security/two-factor/webauthn';

forEachDatabase('one right passkey answer at the same instant on every node over', (kind) => {
  let nodes: Nodes;
  let next = 0;
  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    nodes = await Nodes.start(kind, 4);
  }, patience);
  afterAll(() => nodes.stop());

  async function enrolled(): Promise<{ person: Person; key: SoftPasskey; visitor: Visitor }> {
    const person = nodes.people[next++]!;
    const visitor = nodes.visitor();
    await visitor.asks('POST', '/login', credentials(person));
    const { body } = await visitor.asks('POST', `${room}/setup`, {});
    const { publicKey } = body['draft'] as { publicKey: Parameters<SoftPasskey['registers']>[0] };
    const key = new SoftPasskey({ counts: true, synced: false });
    const response = key.registers(publicKey, nodes.origin);
    const done = await visitor.asks('POST', `${room}/confirm`, { response, label: 'Key' });
    expect(done.status).toBe(200);
    return { person, key, visitor };
  }

  /** Each request to the next node. The number of accepted copies, and the answers to the others. */
  async function race(visitor: Visitor, count: number, path: string, body: object) {
    const twins = nodes.everywhere(visitor, count);
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', path, body)));
    const inside = twins.filter((_, index) => answers[index]?.status === 200);
    const others = answers.filter(({ status }) => ![200, 401, 429].includes(status));
    const misses = answers.filter(({ body: told }) => ['wrong', 'copied'].includes(String(told['reason'])));
    return { inside, counts: [inside.length, others.length, misses.length] };
  }

  const once = [1, 0, 0];

  it.each([6, 20])(
    'is taken once of %i, at a sign-in and at a confirmation, and the next one works',
    async (count) => {
      const { person, key } = await enrolled();
      for (let round = 0; round < rounds; round += 1) {
        const visitor = nodes.visitor();
        await visitor.asks('POST', '/login', credentials(person));
        const asked = askedIn(await visitor.asks('GET', '/login/challenge'));
        const response = key.answers(asked, nodes.origin);
        const signIn = await race(visitor, count, '/login/challenge', { kind: 'webauthn', response });
        expect(signIn.counts).toEqual(once);
        const inside = signIn.inside[0]!;
        const again = key.answers(askedIn(await inside.asks('GET', '/account/confirm')), nodes.origin);
        const { password } = person;
        const given = { password, kind: 'webauthn', response: again };
        expect((await race(inside, count, '/account/confirm', given)).counts).toEqual(once);
      }
    },
    patience,
  );

  it(
    'is of the tab that asked last, whichever node was asked, and costs the older tab nothing',
    async () => {
      const { person, key } = await enrolled();
      const visitor = nodes.visitor();
      await visitor.asks('POST', '/login', credentials(person));
      const [older, newer] = nodes.everywhere(visitor, 2) as [Visitor, Visitor];
      const first = key.answers(askedIn(await older.asks('GET', '/login/challenge')), nodes.origin);
      const last = key.answers(askedIn(await newer.asks('GET', '/login/challenge')), nodes.origin);
      for (let click = 0; click < 6; click += 1) {
        const refused = await older.asks('POST', '/login/challenge', { kind: 'webauthn', response: first });
        expect([refused.status, refused.body['reason']]).toEqual([401, 'used']);
      }
      const taken = await newer.asks('POST', '/login/challenge', { kind: 'webauthn', response: last });
      expect(taken.status).toBe(200);
    },
    patience,
  );
});

function credentials({ email, password }: Person): { email: string; password: string } {
  return { email, password };
}
