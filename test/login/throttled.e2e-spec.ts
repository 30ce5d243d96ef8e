import type { JsonAnswer, Visitor } from '../support/people/visitor.js';
import { pending, owner, type Owner } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal();
});
afterAll(() => site.close());

/** The visible parts of an answer, without values that are new in every request. */
function seen({ status, headers, body }: JsonAnswer) {
  const { requestId: _new, ...rest } = body;
  const own = [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
  return { status, headers: own, body: rest };
}

/** Five misses at a sign-in: the account has to wait. */
async function throttled(): Promise<Owner> {
  const ann = await owner(site, 'Ann');
  const guesser = await pending(site, ann.person);
  const wrong = { kind: 'totp', code: ann.app.code(200) };
  for (let miss = 0; miss < 5; miss += 1)
    expect((await guesser.asks('POST', '/login/challenge', wrong)).status).toBe(401);
  return ann;
}

/** The answers to a right and a wrong code, in this order. */
async function rightAndWrong(ann: Owner, asks: (code: string) => Promise<JsonAnswer>) {
  const right = await asks(ann.app.code());
  return [seen(right), seen(await asks(ann.app.code(200)))];
}

describe('at an account that has to wait', () => {
  it('a right code gets the same answer at a sign-in as a wrong one, to the last header, and is not consumed', async () => {
    const ann = await throttled();
    const visitor = await pending(site, ann.person);
    const [right, wrong] = await rightAndWrong(ann, (code) =>
      visitor.asks('POST', '/login/challenge', { kind: 'totp', code }),
    );
    expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS', retryAfter: 60 } });
    expect(right).toEqual(wrong);
    site.clock.passesSeconds(60);
    const { status } = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: ann.app.code() });
    expect(status).toBe(200);
  });

  it('a right code gets on the page what a wrong one gets', async () => {
    const ann = await throttled();
    const visitor = await pending(site, ann.person);
    const pages: unknown[] = [];
    for (const code of [ann.app.code(), ann.app.code(200)]) {
      const page = await visitor.submits({ code }, '/login/challenge');
      const headers = [...page.headers].filter(([name]) => !['date', 'x-request-id'].includes(name));
      pages.push([page.status, headers, page.html]);
      await visitor.goes('/login/challenge');
    }
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]).toEqual([429, expect.anything(), expect.stringContaining('Too many')]);
  });

  it('a right code gets at a confirmation what a wrong one gets', async () => {
    const ann = await throttled();
    const { password } = ann.person;
    const [right, wrong] = await rightAndWrong(ann, (code) =>
      ann.visitor.asks('POST', '/account/confirm', { password, kind: 'totp', code }),
    );
    expect(right).toMatchObject({ status: 429 });
    expect(right).toEqual(wrong);
  });

  it('the account waits on every node, after a restart too, and failures without the password never cause a wait', async () => {
    const ann = await throttled();
    const restarted = await portal({ besides: site });
    const answers: number[] = [];
    for (const node of [site, restarted]) {
      const visitor: Visitor = await pending(node, ann.person);
      const answer = { kind: 'totp', code: ann.app.code() };
      answers.push((await visitor.asks('POST', '/login/challenge', answer)).status);
    }
    await restarted.close();
    expect(answers).toEqual([429, 429]);
    const bob = await owner(site, 'Bob');
    const stranger = site.visitor();
    for (let guess = 0; guess < 30; guess += 1)
      await stranger.asks('POST', '/login', { email: bob.person.email, password: 'a guess' });
    const visitor = await pending(site, bob.person);
    const { status } = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: bob.app.code() });
    expect(status).toBe(200);
  });
});

describe('at the password, once too much was guessed', () => {
  it('the right one gets what a wrong one gets, to the last header', async () => {
    const ann = await site.account('Ann');
    const guesser = site.visitor();
    const asks = async (password: string) =>
      seen(await guesser.asks('POST', '/login', { email: ann.email, password }));
    for (let guess = 0; guess < 5; guess += 1) await asks('a guess');
    const right = await asks(ann.password);
    expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect(right).toEqual(await asks('a guess'));
  });
});
