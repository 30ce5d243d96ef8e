import { removal, setUp } from '../fixtures/acts.fixture.js';
import { WRONG_NUMBER } from '../fixtures/kinds.fixture.js';
import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';

const minute = 60_000;
const tablet = removal('tablet');
const posted = { method: 'POST', url: '/x?y=1', body: { newPassword: 'a secret of Ann' } };

describe('what waits for a step-up', () => {
  const testHost = new TestHost();

  it('is there for ten minutes, as it was posted', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id } = await ann.wants(tablet, posted);
    expect(id).toMatch(/^factor\.remove:[0-9a-f-]{36}$/);
    testHost.clock.advance(10 * minute - 1);
    expect(await ann.found(id)).toMatchObject({ request: posted, act: { title: 'Remove tablet' } });
    testHost.clock.advance(1);
    expect(await ann.found(id)).toBeNull();
  });

  it('belongs to one account and session', async () => {
    const [ann, bob] = [await Person.protectedBy(testHost), await Person.protectedBy(testHost)];
    const { id } = await ann.wants(tablet, posted);
    expect([await bob.found(id), await ann.elsewhere().found(id)]).toEqual([null, null]);
    const stolen = Object.assign(bob.elsewhere(), { key: ann.key });
    expect(await stolen.found(id)).toBeNull();
    expect(await ann.found(id)).not.toBeNull();
  });

  it('is used once', async () => {
    const ann = await Person.protectedBy(testHost);
    const waiting = await ann.wants(tablet, posted);
    await ann.confirms(ann.code(), undefined, waiting);
    expect(await ann.found(waiting.id)).toBeNull();
    expect((await ann.confirms(ann.words[0]!, undefined, waiting)).status).toBe('void');
  });

  it('is not found by another name, and not by an id that nobody gave', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id } = await ann.wants(tablet, posted);
    const row = id.split(':')[1]!;
    for (const odd of [
      row,
      `:${row}`,
      `x:${row}`,
      id.toUpperCase(),
      `${id} `,
      '',
      ':',
      'factor.remove:',
      `${id}\0`,
    ])
      expect([odd, await ann.found(odd)]).toEqual([odd, null]);
  });

  it('is nothing after an edit of its row, or when its row was swapped with another', async () => {
    const ann = await Person.protectedBy(testHost);
    const [waiting, other] = [await ann.wants(tablet, posted), await ann.wants(tablet)];
    for (const sealed of [other.token.sealed, 'x', '', null]) {
      const { token } = waiting;
      await testHost.stores.tokens.replace(token, { ...token, sealed }, testHost.clock.now());
      expect(await ann.found(waiting.id)).toBeNull();
    }
  });

  it('is too long to be kept: the action is confirmed, and the form is sent again', async () => {
    const ann = await Person.protectedBy(testHost);
    const long = { ...posted, body: { text: 'x'.repeat(24_000) } };
    expect(await ann.found((await ann.wants(tablet, long)).id)).toMatchObject({ request: null });
  });

  it('pushes out the oldest of the same session, and none of another', async () => {
    const ann = await Person.protectedBy(testHost);
    const other = ann.elsewhere();
    const theirs = await other.wants(setUp);
    const all = [];
    for (let count = 0; count < 11; count += 1) {
      all.push(await ann.wants(tablet, posted));
      testHost.clock.advance(1);
    }
    const found = await Promise.all(all.map(({ id }) => ann.found(id)));
    expect(found.map((each) => each !== null)).toEqual([false, ...Array<boolean>(10).fill(true)]);
    expect(await other.found(theirs.id)).not.toBeNull();
  });

  it('is not pushed out by a page that another site opens again and again: it waits once', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id } = await ann.wants(tablet, posted);
    const ids = new Set<string>();
    for (let count = 0; count < 12; count += 1) {
      testHost.clock.advance(1);
      const page = { method: 'GET', url: `/set-up?from=${count}`, body: {} };
      ids.add((await ann.wants(setUp, page)).id);
    }
    const [only = ''] = ids;
    expect([ids.size, await ann.found(only)]).toEqual([
      1,
      expect.objectContaining({ request: expect.objectContaining({ url: '/set-up?from=11' }) }),
    ]);
    expect(await ann.found(id)).toMatchObject({ request: posted });
  });

  it('is one of at most fifty of an account, however many sessions it has', async () => {
    const ann = await Person.protectedBy(testHost);
    for (let count = 0; count < 60; count += 1) {
      testHost.clock.advance(1);
      await ann.elsewhere().wants(tablet, posted);
    }
    const of = { purpose: 'confirm', accountId: ann.id } as const;
    expect(await testHost.stores.tokens.list(of, testHost.clock.now())).toHaveLength(50);
  });
});

describe('a right password with a wrong code', () => {
  const testHost = new TestHost();

  it('is not asked again within this confirmation, also where the code was no code', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id } = await ann.wants(tablet);
    for (const code of ['nothing like a code', WRONG_NUMBER]) {
      expect((await ann.confirms(code, undefined, await ann.found(id))).status).not.toBe('passed');
      expect(await ann.found(id)).toMatchObject({ passwordRight: true });
    }
    expect((await ann.confirms(ann.code(), '', await ann.found(id))).status).toBe('passed');
  });

  it('is asked again in another confirmation, and in one without a name', async () => {
    const ann = await Person.protectedBy(testHost);
    await ann.confirms(WRONG_NUMBER, undefined, await ann.wants(tablet));
    expect(await ann.confirms(ann.code(), '', await ann.wants(tablet))).toEqual({ status: 'password' });
    expect(await ann.confirms(ann.code(), '')).toEqual({ status: 'password' });
  });

  it('is not remembered when it was wrong, and not after a change of the password', async () => {
    const ann = await Person.protectedBy(testHost);
    const { id } = await ann.wants(tablet);
    await ann.confirms(ann.code(), 'wrong', await ann.found(id));
    expect(await ann.found(id)).toMatchObject({ passwordRight: false });
    await ann.confirms(WRONG_NUMBER, undefined, await ann.found(id));
    ann.changes();
    expect(await ann.found(id)).toBeNull();
  });
});
