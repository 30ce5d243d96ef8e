import { DataSource } from 'typeorm';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { statusCommand } from '../../src/two-factor/commands/status.command.js';
import { unlockCommand } from '../../src/two-factor/commands/unlock.command.js';
import { owner, pending, type Owner } from '../support/people/owner.js';
import type { Visitor } from '../support/people/visitor.js';
import type { Page } from '../support/people/page.js';

import { printed } from '../support/portal/command-line.js';
import { portal, type Portal } from '../support/portal/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal();
});
afterAll(() => site.close());

const types = (...words: string[]) => printed(site, [statusCommand, unlockCommand], words);
const unlocks = (ann: Owner, ...rest: string[]) => types('two-factor:unlock', ann.person.email, ...rest);
const because = ['--reason', 'ticket 8'] as const;

/** Five wrong codes on the page of one sign-in; returns the page after the last one. */
async function guessesFive(ann: Owner): Promise<Page> {
  const guesser = await pending(site, ann.person);
  let page = await guesser.submits({ code: ann.app.code(200) }, '/login/challenge');
  for (let miss = 1; miss < 5; miss += 1)
    page = await guesser.submits({ code: ann.app.code(200) }, '/login/challenge');
  return page;
}

describe('a person who typed five wrong codes', () => {
  it('reads how long to wait, and that a backup code works at once', async () => {
    const ann = await owner(site, 'Ann');
    const { status, text } = await guessesFive(ann);
    expect(status).toBe(401);
    expect(text).toContain('Wait 1 min');
    expect(text).toContain('You can sign in right away with another method');
    expect(text).toContain('Use a backup code');
    const visitor = await pending(site, ann.person);
    const answer = { kind: 'backup-codes', code: ann.codes[0] ?? '' };
    expect((await visitor.asks('POST', '/login/challenge', answer)).status).toBe(200);
  });

  it('gets the end of the wait as JSON: with the fifth refusal, and while the wait lasts', async () => {
    const ann = await owner(site, 'Ann');
    const guesser = await pending(site, ann.person);
    const wrong = { kind: 'totp', code: ann.app.code(200) };
    for (let miss = 0; miss < 4; miss += 1) {
      const { body } = await guesser.asks('POST', '/login/challenge', wrong);
      expect(body).not.toHaveProperty('until');
    }
    const until = new Date(site.clock.now() + 60_000).toISOString();
    const fifth = await guesser.asks('POST', '/login/challenge', wrong);
    expect(fifth).toMatchObject({ status: 401, body: { code: 'PROOF_REFUSED', reason: 'wrong', until } });
    const again = await (await pending(site, ann.person)).asks('POST', '/login/challenge', wrong);
    expect(again).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS', retryAfter: 60, until } });
  });

  it('is seen by the operator, who lets them in at once', async () => {
    const ann = await owner(site, 'Ann');
    await guessesFive(ann);
    const until = new Date(site.clock.now() + 60_000).toISOString();
    const status = () => types('two-factor:status', ann.person.email);
    expect(await status()).toContain(`wrong codes in a row: 5; waits until ${until}`);
    expect(JSON.parse(await types('two-factor:status', ann.person.email, '--json'))).toMatchObject({
      wait: { failed: 5, until: site.clock.now() + 60_000, stopped: false },
    });
    expect(await unlocks(ann, ...because)).toContain('can enter security codes again');
    expect(await status()).not.toContain('wrong codes');
    const visitor = await pending(site, ann.person);
    const answer = { kind: 'totp', code: ann.app.code() };
    expect((await visitor.asks('POST', '/login/challenge', answer)).status).toBe(200);
  });

  it('is not unlocked without a reason, and not twice', async () => {
    const ann = await owner(site, 'Ann');
    await guessesFive(ann);
    expect(await unlocks(ann, '--reason', ' ')).toContain('Give a reason');
    expect(JSON.parse(await unlocks(ann, ...because, '--json'))).toMatchObject({ unlocked: true });
    expect(await unlocks(ann, ...because)).toContain('nothing to unlock');
  });

  it('is in the audit with the reason and the operator', async () => {
    const ann = await owner(site, 'Ann');
    await guessesFive(ann);
    await unlocks(ann, ...because);
    await site.settled();
    const where = { name: 'two-factor.unlocked', accountId: ann.person.id };
    const entries = await site.app.get(DataSource).getRepository(AuditEntryRow).findBy(where);
    expect(entries).toMatchObject([{ actorType: 'cli' }]);
    expect(JSON.stringify(entries)).toContain('ticket 8');
  });
});

describe('a person who typed five wrong passwords', () => {
  async function guessesPasswords(ann: Owner): Promise<Visitor> {
    const guesser = site.visitor();
    const { email } = ann.person;
    for (let guess = 0; guess < 5; guess += 1)
      await guesser.asks('POST', '/login', { email, password: 'not the password' });
    return guesser;
  }

  it('is let in at once by an operator, who sees the wait and its address', async () => {
    const ann = await owner(site, 'Ann');
    const { email, password } = ann.person;
    const guesser = await guessesPasswords(ann);
    const signsIn = async () => (await guesser.asks('POST', '/login', { email, password })).status;
    expect(await signsIn()).toBe(429);
    const end = site.clock.now() + 5 * 60_000;
    const until = new Date(end).toISOString();
    expect(await types('two-factor:status', email)).toContain(
      `wrong passwords from ${guesser.address}: 5; waits until ${until}`,
    );
    expect(JSON.parse(await types('two-factor:status', email, '--json'))).toMatchObject({
      passwords: [{ network: guesser.address, failed: 5, until: end }],
    });
    expect(await unlocks(ann, ...because)).toContain('and passwords too');
    expect(await types('two-factor:status', email)).not.toContain('wrong passwords');
    expect(await signsIn()).toBe(200);
    expect(await unlocks(ann, ...because)).toContain('nothing to unlock');
  });

  it('has the unlock in the audit, and gets a mail', async () => {
    const ann = await owner(site, 'Ann');
    await guessesPasswords(ann);
    await unlocks(ann, ...because);
    await site.settled();
    const where = { name: 'two-factor.unlocked', accountId: ann.person.id };
    const entries = await site.app.get(DataSource).getRepository(AuditEntryRow).findBy(where);
    expect(entries).toMatchObject([{ actorType: 'cli' }]);
  });

  it('is shown to staff with both waits', async () => {
    const ann = await owner(site, 'Ann');
    const guesser = await guessesPasswords(ann);
    await guessesFive(ann);
    const agent = site.visitor();
    await agent.signsIn(await site.account('Sam', 'support'));
    const { text } = await agent.goes(`/staff/clients/${ann.person.id}`);
    expect(text).toContain(
      `Wrong passwords from ${guesser.address}: 5. No password from there is checked until`,
    );
    expect(text).toContain('Wrong codes in a row: 5. No code is checked until');
    const { body } = await agent.asks('GET', `/staff/clients/${ann.person.id}`);
    expect(body['panels']).toMatchObject([
      {
        wait: { failed: 5, until: new Date(site.clock.now() + 60_000).toISOString(), stopped: false },
        passwords: [{ network: guesser.address, failed: 5 }],
      },
      { callers: [] },
    ]);
  });
});
