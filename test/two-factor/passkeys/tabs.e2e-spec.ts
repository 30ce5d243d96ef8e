import { SoftPasskey } from 'nestjs-two-factor/testing';
import { Audit } from '../../../src/audit/audit.service.js';
import type { Person } from '../../support/people/accounts.js';
import { forEachDatabase } from '../../support/databases/databases.js';
import { askedIn, askedOn, keyOwner, originOf } from '../../support/people/key-owner.js';
import { pending } from '../../support/people/owner.js';
import { portal, type Portal } from '../../support/portal/portal.js';
import type { JsonAnswer } from '../../support/people/visitor.js';

const evil = 'https://evil.example';
const alone = '/login/passwordless';
const room = '/account/security/two-factor/webauthn';
const tooOld = 'or this page has since been opened in another tab';

forEachDatabase('passkeys in two tabs on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database, env: { PASSKEY_SIGN_IN: 'customers' } });
  });
  afterAll(() => site.close());

  async function failures({ id }: Person): Promise<number> {
    await site.settled();
    const entries = await site.app.get(Audit).listOf(id, 100);
    return entries.filter(({ name }) => name.endsWith('.failed')).length;
  }

  async function questions({ id }: Person): Promise<number> {
    const rows: unknown[] = await site.database.query(
      `SELECT id FROM two_factor_tokens WHERE purpose = 'prompt' AND account_id = '${id}'`,
    );
    return rows.length;
  }

  it('the older one’s answer is no miss, however often, and the newer one’s signs in', async () => {
    const { person, key } = await keyOwner(site, 'Ann');
    const older = await pending(site, person);
    const newer = older.twin();
    await newer.goes('/login/challenge');
    const response = key.answers(askedOn(older), originOf(site));
    for (let click = 0; click < 8; click += 1) {
      const twin = older.twin();
      const page = await twin.submits({ response });
      expect([page.status, page.text]).toEqual([401, expect.stringContaining(tooOld)]);
    }
    const right = await newer.submits({ response: key.answers(askedOn(newer), originOf(site)) });
    expect(right.title).toBe('Welcome, Ann');
    expect(await failures(person)).toBe(0);
  });

  it('the older one is asked what the newer one is, and can answer it', async () => {
    const { person, key } = await keyOwner(site, 'Ann');
    const older = await pending(site, person);
    const newer = older.twin();
    await newer.goes('/login/challenge');
    await older.submits({ response: key.answers(askedOn(older), originOf(site)) });
    expect(askedOn(older).challenge).toBe(askedOn(newer).challenge);
    const page = await older.submits({ response: key.answers(askedOn(older), originOf(site)) });
    expect(page.title).toBe('Welcome, Ann');
  });

  it('programs that are refused are asked nothing, until they ask', async () => {
    const { person, key } = await keyOwner(site, 'Ann');
    const program = site.visitor();
    const { email, password } = person;
    await program.asks('POST', '/login', { email, password });
    const asked = askedIn(await program.asks('GET', '/login/challenge'));
    const answer = (response: string) => program.asks('POST', '/login/challenge', { response });
    expect(said(await answer(key.answers(asked, evil)))).toBe('401 PROOF_REFUSED wrong');
    expect(await questions(person)).toBe(0);
    expect(said(await answer(key.answers(asked, originOf(site))))).toBe('401 PROOF_REFUSED used');
    expect(await questions(person)).toBe(0);
    const next = askedIn(await program.asks('GET', '/login/challenge'));
    expect((await answer(key.answers(next, originOf(site)))).status).toBe(200);
    expect(await failures(person)).toBe(1);
  });

  it('the page that refuses a wrong answer poses a new challenge, and keeps the old one where no answer came', async () => {
    const { person, key } = await keyOwner(site, 'Ann');
    const visitor = await pending(site, person);
    const { challenge } = askedOn(visitor);
    await visitor.submits({ response: '' });
    expect(askedOn(visitor).challenge).toBe(challenge);
    await visitor.submits({ response: key.answers(askedOn(visitor), evil) });
    expect(askedOn(visitor).challenge).not.toBe(challenge);
    const page = await visitor.submits({ response: key.answers(askedOn(visitor), originOf(site)) });
    expect(page.title).toBe('Welcome, Ann');
  });

  it('a confirmation with a wrong password keeps its question, and the older tab’s is no miss', async () => {
    const { person, key, visitor } = await keyOwner(site, 'Ann');
    const { password } = person;
    await visitor.goes('/account/confirm');
    const response = key.answers(askedOn(visitor), originOf(site));
    await visitor.submits({ password: 'wrong battery', response });
    const newer = visitor.twin();
    expect((await newer.submits({ password, response })).status).toBe(200);
    const fresh = newer.twin();
    await newer.goes('/account/confirm');
    await fresh.goes('/account/confirm');
    const older = key.answers(askedOn(newer), originOf(site));
    for (let click = 0; click < 8; click += 1)
      expect((await newer.twin().submits({ password, response: older })).text).toContain(tooOld);
    const last = key.answers(askedOn(fresh), originOf(site));
    expect((await fresh.submits({ password, response: last })).status).toBe(200);
    expect(await failures(person)).toBe(1);
  });

  it('in place of the password the older one’s answer is no miss, and the newer one’s signs in', async () => {
    const { person, key } = await keyOwner(site, 'Ann');
    const visitor = site.visitor();
    const ask = async () => {
      const { body } = await visitor.asks('GET', alone);
      return key.answers(body['publicKey'] as { challenge: string }, originOf(site));
    };
    const [older, newer] = [await ask(), await ask()];
    for (let click = 0; click < 40; click += 1)
      expect(said(await visitor.asks('POST', alone, { response: older }))).toBe('401 PROOF_REFUSED used');
    expect((await visitor.asks('POST', alone, { response: newer })).status).toBe(200);
    expect(await failures(person)).toBe(0);
  });

  it('at a set-up the older one’s answer costs no try, and the newer one’s turns it on', async () => {
    const visitor = site.visitor();
    const person = await site.account('Ann');
    await visitor.signsIn(person);
    const key = new SoftPasskey();
    const begin = async () => {
      const { body } = await visitor.asks('POST', `${room}/setup`, {});
      const draft = body['draft'] as { publicKey: Parameters<SoftPasskey['registers']>[0] };
      return key.registers(draft.publicKey, originOf(site));
    };
    const older = await begin();
    site.clock.advance(5 * 60_000);
    await visitor.asks('POST', '/account/confirm', { password: person.password });
    const newer = await begin();
    const confirm = (response: string) => visitor.asks('POST', `${room}/confirm`, { response, label: 'Key' });
    for (let click = 0; click < 12; click += 1)
      expect(said(await confirm(older))).toBe('401 PROOF_REFUSED used');
    expect((await confirm(newer)).status).toBe(200);
  });
});

function said({ status, body }: JsonAnswer): string {
  return [status, body['code'], body['reason']].filter(Boolean).join(' ');
}
