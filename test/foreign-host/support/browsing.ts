import type { Visitor } from '../../support/people/visitor.js';
import type { ForeignHost, Member } from './foreign-host.js';
import { Phone } from './phone.js';

/** Ways that people go by the pages. */
export function browsing(host: () => ForeignHost, prefix: string) {
  async function signsIn(visitor: Visitor, { email, password }: Member, returnTo = ''): Promise<void> {
    await visitor.goes(`${prefix}/login?${new URLSearchParams({ returnTo }).toString()}`);
    await visitor.submits({ email, password });
  }

  /** From the Security page to the page that shows the backup codes. */
  async function enables(visitor: Visitor): Promise<Phone> {
    await visitor.goes(`${prefix}/account/security`);
    await visitor.goes(visitor.page.link('Click here to Enable'));
    await visitor.presses(`${prefix}/account/security/two-factor/totp/setup`);
    const uri = visitor.page.link('Open in authenticator app');
    const phone = new Phone(new URL(uri).searchParams.get('secret') ?? '', host().clock);
    await visitor.submits({ code: phone.code(), label: 'My phone' });
    return phone;
  }

  return { signsIn, enables };
}
