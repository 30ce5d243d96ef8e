import { browsing } from './browsing.js';
import type { ForeignHost } from './foreign-host.js';
import { Phone } from './phone.js';
import { protectedMember } from './protected-member.js';

/** The same on the plain pages of the package: links, forms, no script. */
export function browserStories(host: () => ForeignHost, prefix = ''): void {
  describe('in a browser', () => {
    const { signsIn, enables } = browsing(host, prefix);

    it('a person turns two-factor on and comes back with a code', async () => {
      const member = await host().member('Joe');
      const visitor = host().visitor();
      await signsIn(visitor, member);
      const phone = await enables(visitor);
      expect(visitor.page.all('[data-backup-code]')).toHaveLength(10);
      await visitor.presses(`${prefix}/account/security/two-factor/backup-codes/saved`);
      expect(visitor.page.address).toBe(`${prefix}/account/security`);

      host().clock.advance(30_000);
      const nextDay = host().visitor();
      await signsIn(nextDay, member);
      expect(nextDay.page.address).toBe(`${prefix}/login/challenge`);
      await nextDay.submits({ code: phone.wrongCode() });
      expect([nextDay.page.status, nextDay.page.all('[aria-invalid=true]')]).toEqual([401, ['']]);
      await nextDay.submits({ code: phone.code() });
      expect(nextDay.page.title).toBe('Home of Joe');
    });

    it('a person who requested a page gets it after the proof', async () => {
      const { member, phone } = await protectedMember(host(), prefix);
      const visitor = host().visitor();
      await signsIn(visitor, member, `${prefix}/account/security`);
      await visitor.submits({ code: phone.code() });
      expect(visitor.page.address).toBe(`${prefix}/account/security`);
    });

    it('the proof never redirects to another site', async () => {
      const { member, phone } = await protectedMember(host(), prefix);
      for (const returnTo of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
        const visitor = host().visitor();
        await signsIn(visitor, member, returnTo);
        await visitor.submits({ code: phone.code() });
        expect([returnTo, visitor.page.title]).toEqual([returnTo, 'Home of Ann']);
        host().clock.advance(30_000);
      }
    });

    it('a person without their phone signs in with a backup code and replaces the app', async () => {
      const { member, codes } = await protectedMember(host(), prefix);
      const visitor = host().visitor();
      await signsIn(visitor, member);
      await visitor.goes(visitor.page.link('Use a backup code'));
      await visitor.submits({ code: codes[3]! });
      expect(visitor.page.text).toContain('9');
      await visitor.goes(visitor.page.link('Set up two-factor again'));
      await visitor.presses(`${prefix}/account/security/two-factor/totp/setup`);
      const uri = new URL(visitor.page.link('Open in authenticator app'));
      const newPhone = new Phone(uri.searchParams.get('secret') ?? '', host().clock);
      await visitor.submits({ code: newPhone.code(), label: 'New phone' });
      await visitor.goes(`${prefix}/account/security`);
      expect(visitor.page.text).toContain('New phone');
      expect(visitor.page.text).not.toContain('My phone');
    });

    it('starting over ends the pending login', async () => {
      const { member } = await protectedMember(host(), prefix);
      const visitor = host().visitor();
      await signsIn(visitor, member);
      await visitor.presses(`${prefix}/login/cancel`);
      expect(visitor.page.address).toBe(`${prefix}/login`);
      expect((await visitor.goes(`${prefix}/login/challenge`)).address).toBe(`${prefix}/login`);
    });

    it('turning two-factor off needs password and code, and clears the flag of the account', async () => {
      const { member, phone, visitor } = await protectedMember(host(), prefix);
      await visitor.goes(`${prefix}/account/security`);
      await visitor.presses(`${prefix}/account/security/two-factor/disable`);
      expect(visitor.page.address).toContain(`${prefix}/account/confirm`);
      expect(visitor.page.all('[data-act]')).toEqual(['Turn off two-factor authentication']);
      await visitor.submits({ password: member.password, code: phone.code() });
      expect(visitor.page.address).toBe(`${prefix}/account/security?done=disabled`);
      expect(await host().told(member)).toContain('two-factor.disabled');
      expect(await host().isGuarded(member)).toBe(false);
      const later = host().visitor();
      await signsIn(later, member);
      expect(later.page.title).toBe('Home of Ann');
    });
  });
}
