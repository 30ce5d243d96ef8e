import { SoftPasskey } from 'nestjs-two-factor/testing';
import { Audit } from '../../../src/audit/audit.service.js';
import type { Person } from '../../support/people/accounts.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { askedIn, askedOn, keyOwner, originOf, type KeyOwner } from '../../support/people/key-owner.js';
import { pending } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import type { JsonAnswer, Visitor } from '../../support/people/visitor.js';

/** How often each race is run; more where somebody has the time. */
const rounds = Number(process.env['RACE_ROUNDS'] ?? 1);
/** Milliseconds. */
const patience = 60_000 + rounds * 20_000;

const alone = '/login/passwordless';
const room = '/account/security/two-factor/webauthn';

/**
 * The answers to the other copies: about the challenge, or, after the winner got its session, about the pending login
 * that has ended.
 */
const tooLate = ['401 PROOF_REFUSED used', '401 NOT_SIGNED_IN', '401 CHALLENGE_EXPIRED'];

/** A confirmation begins with the password, of which five are looked at together. */
const told = (path: string) =>
  path === '/account/confirm' ? [...tooLate, '429 TOO_MANY_ATTEMPTS'] : tooLate;

const counting = { counts: true, synced: false };

forEachDatabase('one right passkey answer, sent at once on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { PASSKEY_SIGN_IN: 'customers' } });
  });
  afterAll(() => site.close());

  /** Sends the same body so often from this browser; answers the one copy that was taken. */
  async function races(visitor: Visitor, count: number, path: string, body: object): Promise<Visitor> {
    const twins = Array.from({ length: count }, () => visitor.twin());
    const answers = await Promise.all(twins.map((twin) => twin.asks('POST', path, body)));
    const taken = twins.filter((_, index) => answers[index]?.status === 200);
    expect(taken).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200).map(said);
    expect(others.filter((each) => !told(path).includes(each))).toEqual([]);
    return taken[0]!;
  }

  /** The module's events about refused answers of this account. */
  async function refusals({ id }: Person): Promise<string[]> {
    await site.settled();
    const entries = await site.app.get(Audit).listOf(id, 1_000);
    return entries.map(({ name }) => name).filter((name) => /\.(failed|locked)$/.test(name));
  }

  /** All counted failures: of accounts, addresses, sessions and pending logins. */
  async function misses(): Promise<number> {
    const [counted] = await site.database.query<{ sum: string }[]>(
      `SELECT SUM(misses) AS sum FROM (
         SELECT misses FROM two_factor_attempts
         WHERE subject NOT LIKE 'invitation:%' AND subject NOT LIKE 'drafts:%'
         UNION ALL SELECT misses FROM two_factor_tokens WHERE purpose = 'pending') counted`,
    );
    return Number(counted?.sum ?? 0);
  }

  /** Tells a race with six copies and with twenty, over and over: exactly one is taken, and none of them is a miss. */
  function each(name: string, traits: object, race: (ann: KeyOwner, count: number) => Promise<void>): void {
    it.each([6, 20])(
      `${name}: one of %i`,
      async (count) => {
        const ann = await keyOwner(site, 'Ann', traits);
        for (let done = 0; done < rounds; done += 1) {
          await race(ann, count);
          await signsIn(ann);
          expect([await misses(), await refusals(ann.person)]).toEqual([0, []]);
        }
      },
      patience,
    );
  }

  /** A fresh right answer still works. */
  async function signsIn({ person, key }: KeyOwner): Promise<void> {
    const visitor = await pending(site, person);
    const page = await visitor.submits({ response: key.answers(askedOn(visitor), originOf(site)) });
    expect(page.title).toBe('Welcome, Ann');
  }

  async function inFrontOfTheQuestion({ person: { email, password } }: KeyOwner): Promise<Visitor> {
    const program = site.visitor();
    await program.asks('POST', '/login', { email, password });
    return program;
  }

  const signIn = async (ann: KeyOwner, count: number) => {
    const program = await inFrontOfTheQuestion(ann);
    const asked = askedIn(await program.asks('GET', '/login/challenge'));
    const response = ann.key.answers(asked, originOf(site));
    const inside = await races(program, count, '/login/challenge', { kind: 'webauthn', response });
    expect((await inside.asks('GET', '/invoices')).status).toBe(200);
  };
  each('at a sign-in', {}, signIn);
  each('at a sign-in, of a key that counts', counting, signIn);

  each('on the page of a sign-in', {}, async ({ person, key }, count) => {
    const visitor = await pending(site, person);
    const response = key.answers(askedOn(visitor), originOf(site));
    const twins = Array.from({ length: count }, () => visitor.twin());
    const pages = await Promise.all(twins.map((twin) => twin.submits({ response })));
    // Copies of a form get the answer to the first one: the same session.
    expect(pages.map(({ title }) => title)).toEqual(twins.map(() => 'Welcome, Ann'));
    expect(new Set(twins.map(({ cookies }) => cookies.get('portal'))).size).toBe(1);
  });

  each('at a confirmation', counting, async (ann, count) => {
    const visitor = site.visitor();
    await visitor.signsIn(ann.person);
    await visitor.submits({ response: ann.key.answers(askedOn(visitor), originOf(site)) });
    const asked = askedIn(await visitor.asks('GET', '/account/confirm'));
    const response = ann.key.answers(asked, originOf(site));
    const answer = { password: ann.person.password, kind: 'webauthn', response };
    await races(visitor, count, '/account/confirm', answer);
  });

  const signInAlone = async ({ key }: KeyOwner, count: number) => {
    const visitor = site.visitor();
    const { body } = await visitor.asks('GET', alone);
    const response = key.answers(body['publicKey'] as { challenge: string }, originOf(site));
    await races(visitor, count, alone, { response });
    const again = await visitor.twin().asks('POST', alone, { response });
    expect(said(again)).toBe('401 CHALLENGE_EXPIRED');
  };
  each('in place of the password', {}, signInAlone);
  each('in place of the password, of a key that counts', counting, signInAlone);

  it.each([6, 20])(
    'at a set-up: one of %i',
    async (count) => {
      for (let done = 0; done < rounds; done += 1) {
        const person = await site.account('Ann');
        const visitor = site.visitor();
        await visitor.signsIn(person);
        const { body } = await visitor.asks('POST', `${room}/setup`, {});
        const draft = body['draft'] as { publicKey: Parameters<SoftPasskey['registers']>[0] };
        const key = new SoftPasskey();
        const response = key.registers(draft.publicKey, originOf(site));
        const twins = Array.from({ length: count }, () => visitor.twin());
        const answers = await Promise.all(
          twins.map((twin) => twin.asks('POST', `${room}/confirm`, { response, label: 'Key' })),
        );
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        expect(answers.filter(({ status }) => ![200, 401, 403, 409].includes(status))).toEqual([]);
        await site.settled();
        await signsIn({ person, key, codes: [], visitor });
        expect([await misses(), await refusals(person)]).toEqual([0, []]);
      }
    },
    patience,
  );
});

function said({ status, body }: JsonAnswer): string {
  return [status, body['code'], body['reason']].filter(Boolean).join(' ');
}
