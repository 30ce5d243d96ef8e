import type { ForeignHost } from './foreign-host.js';
import { passwordOf, protectedMember, setsUp } from './protected-member.js';

/** The tests for every host, with any guards, pipes and prefixes. */
export function commonStories(host: () => ForeignHost, prefix = ''): void {
  const challenge = `${prefix}/login/challenge`;

  /** A person with the right password, in a new browser. */
  async function pending() {
    const ann = await protectedMember(host(), prefix);
    const visitor = host().visitor();
    await visitor.asks('POST', `${prefix}/login`, passwordOf(ann.member));
    return { ...ann, visitor };
  }

  describe('a code', () => {
    it('signs in once, and never again', async () => {
      const { member, phone, visitor } = await pending();
      const late = host().visitor();
      await late.asks('POST', `${prefix}/login`, passwordOf(member));
      const code = phone.code();
      expect((await visitor.asks('POST', challenge, { code })).body).toEqual({ status: 'signed-in' });
      const again = await late.asks('POST', challenge, { code });
      expect([again.status, again.body['reason']]).toEqual([401, 'used']);
      expect((await late.goes(`${prefix}/invoices`)).status).toBe(401);
    });

    it('keeps its leading zeros', async () => {
      const { member, phone } = await pending();
      const code = phone.waitsForLeadingZero();
      const visitor = host().visitor();
      await visitor.asks('POST', `${prefix}/login`, passwordOf(member));
      expect((await visitor.asks('POST', challenge, { code })).status).toBe(200);
    });

    it('that is no text is refused and not counted, whatever the host’s pipes do', async () => {
      const { phone, visitor } = await pending();
      for (const code of [Number(phone.code()), [phone.code()], { $ne: null }, true, null]) {
        const { status, body } = await visitor.asks('POST', challenge, { code });
        expect([code, status, body['code']]).toEqual([code, 400, 'INVALID_INPUT']);
      }
      expect((await visitor.asks('POST', challenge, { code: phone.code() })).status).toBe(200);
    });

    it('beside an unknown field is refused', async () => {
      const { phone, visitor } = await pending();
      const { status } = await visitor.asks('POST', challenge, { code: phone.code(), admin: 'yes' });
      expect(status).toBe(400);
      expect((await visitor.goes(`${prefix}/invoices`)).status).toBe(401);
    });

    it('sent by another site is refused', async () => {
      const { phone, visitor } = await pending();
      const headers = {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Sec-Fetch-Site': 'cross-site',
      };
      const body = new URLSearchParams({ code: phone.code() });
      expect((await visitor.sends(challenge, { method: 'POST', headers, body })).status).toBe(403);
      expect((await visitor.goes(`${prefix}/invoices`)).status).toBe(401);
    });
  });

  describe('a backup code', () => {
    it('signs in and leads to a new set-up, without another challenge', async () => {
      const { codes, visitor } = await pending();
      const used = { kind: 'backup-codes', code: codes[0] };
      const { body } = await visitor.asks('POST', challenge, used);
      expect(body).toEqual({ status: 'signed-in', backupCodesLeft: 9 });
      const room = `${prefix}/account/security/two-factor/totp`;
      const { factors } = (await visitor.asks('GET', `${prefix}/account/security`)).body as {
        factors: { id: string }[];
      };
      const setUp = await visitor.asks('POST', `${room}/setup`, { replaces: factors[0]!.id });
      expect([setUp.status, setUp.body]).toEqual([200, { draft: expect.anything() }]);
    });

    it('does not sign in twice', async () => {
      const { member, codes, visitor } = await pending();
      const used = { kind: 'backup-codes', code: codes[0] };
      await visitor.asks('POST', challenge, used);
      const late = host().visitor();
      await late.asks('POST', `${prefix}/login`, passwordOf(member));
      expect((await late.asks('POST', challenge, used)).status).toBe(401);
      expect((await late.goes(`${prefix}/invoices`)).status).toBe(401);
    });
  });

  it('a pending login sees no page, and sets up no factor in place of its challenge', async () => {
    const { visitor } = await pending();
    const room = '/account/security/two-factor/totp';
    for (const path of ['/', '/invoices', '/account/security', '/account/confirm', room, '/login/enrol/totp'])
      expect([path, (await visitor.asks('GET', prefix + path)).status]).toEqual([path, 401]);
    expect((await visitor.asks('POST', `${prefix}/login/enrol/totp/setup`, {})).status).toBe(401);
    expect((await visitor.asks('POST', `${prefix}${room}/setup`, {})).status).toBe(401);
  });

  it('turning two-factor on ends the other sessions, and sets the flag of the account', async () => {
    const member = await host().member('Eve');
    const [here, there] = [host().visitor(), host().visitor()];
    for (const each of [here, there]) await each.asks('POST', `${prefix}/login`, passwordOf(member));
    await setsUp(host(), here, member, prefix);
    expect(await host().isGuarded(member)).toBe(true);
    expect((await here.goes(`${prefix}/invoices`)).status).toBe(200);
    expect((await there.goes(`${prefix}/invoices`)).status).toBe(401);
  });
}
