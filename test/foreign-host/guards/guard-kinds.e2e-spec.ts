import { OpenApp } from '../host/open.app.js';
import { ForeignHost } from '../support/foreign-host.js';
import { passwordOf, protectedMember } from '../support/protected-member.js';

let host: ForeignHost;
beforeAll(async () => {
  host = await ForeignHost.start({ app: OpenApp });
});
afterAll(() => host.close());

const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };

describe.each([
  ['the stock guard', '/login'],
  ['a guard that signs in by itself', '/enter-by-itself'],
  ['a subclass of the wrapped guard', '/enter-derived'],
])('%s', (_kind, address) => {
  it('signs in an account without a second factor', async () => {
    const member = await host.member('Bob');
    const visitor = host.visitor();
    const { body } = await visitor.asks('POST', address, passwordOf(member));
    expect(body).toEqual({ welcome: true });
    expect((await visitor.goes('/invoices')).title).toBe('Invoices of Bob');
  });

  it('refuses a wrong password', async () => {
    const { email } = await host.member('Bob');
    const { status } = await host.visitor().asks('POST', address, { email, password: 'a guess' });
    expect(status).toBe(401);
  });

  it('answers a program with the challenge, and does not sign in', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    const { status, body } = await visitor.asks('POST', address, passwordOf(member));
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'challenge', challenge: { kinds: ['totp', 'backup-codes'] } });
    expect((await visitor.goes('/invoices')).status).toBe(401);
    expect(host.users.get(address)).toBeUndefined();
  });

  it('leads a browser to the challenge, and keeps no principal in its session', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    const body = new URLSearchParams(passwordOf(member));
    const answer = await visitor.sends(address, { method: 'POST', headers: form, body });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/login/challenge']);
    const kept = (await host.sessions()).filter((each) => JSON.stringify(each).includes('"pending"'));
    expect(kept.length).toBeGreaterThan(0);
    for (const session of kept) expect(session).not.toHaveProperty('passport');
    expect((await visitor.goes('/invoices')).status).toBe(401);
  });

  it('lets in after the right code', async () => {
    const { member, phone } = await protectedMember(host);
    const visitor = host.visitor();
    await visitor.asks('POST', address, passwordOf(member));
    const { body } = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: phone.code() });
    expect(body).toEqual({ status: 'signed-in' });
    expect((await visitor.goes('/invoices')).title).toBe('Invoices of Ann');
  });

  it('refuses a wrong code', async () => {
    const { member, phone } = await protectedMember(host);
    const visitor = host.visitor();
    await visitor.asks('POST', address, passwordOf(member));
    const { status, body } = await visitor.asks('POST', '/login/challenge', { code: phone.wrongCode() });
    expect([status, body['code']]).toEqual([401, 'PROOF_REFUSED']);
    expect((await visitor.goes('/invoices')).status).toBe(401);
  });

  it('does not leave the one before signed in while the next is held', async () => {
    const { member } = await protectedMember(host);
    const visitor = host.visitor();
    await visitor.asks('POST', address, passwordOf(await host.member('Bob')));
    await visitor.asks('POST', address, passwordOf(member));
    expect(host.users.get(address)).toBeUndefined();
    expect((await visitor.goes('/invoices')).status).toBe(401);
  });

  it('refuses an account that is closed, as one with a wrong password', async () => {
    const { member } = await protectedMember(host);
    await host.closes(member);
    const { status } = await host.visitor().asks('POST', address, passwordOf(member));
    expect(status).toBe(401);
  });
});
