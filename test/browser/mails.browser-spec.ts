import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { MailRenderer } from '../../src/mail/rendering/mail-renderer.js';
import { projectRoot } from '../../src/pages/common/project-root.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { firefox } from '../support/people/visitor.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { keepPicture } from './support/album.js';
import { inChromium, storyTime } from './support/chromium.js';
import { faultsOf, looks } from './support/looks.js';

const phone = { name: 'phone', width: 360, height: 740 };

const folders = [
  ['mail', join(projectRoot(), 'templates/mail')],
  ...installedModules.map(({ id, templates }) => [`modules/${id}/mail`, join(templates, 'mail')]),
] as const;

/** Every mail of the portal and its modules; a part is not a mail. */
const views = folders.flatMap(([place = '', folder = '']) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.html.hbs') && !file.startsWith('origin'))
    .map((file) => `${place}/${file.replace('.html.hbs', '')}`),
);

/** The values of all mails, with long words where people may have typed them. */
const model = {
  at: Date.UTC(2030, 0, 1, 9, 30),
  ip: '2001:db8:85a3:8d3:1319:8a2e:370:7348',
  browser: 'Firefox, Linux',
  userAgent: firefox,
  link: `https://clients.example-hosting.example/password/reset/${'x'.repeat(43)}`,
  security: 'https://clients.example-hosting.example/account/security',
  label: 'My-phone-with-a-name-that-is-one-long-word-of-sixty-four-letters',
  newEmail: `${'a'.repeat(60)}@${'b'.repeat(60)}.example`,
  number: 'T-7F3K9Q2W',
  ticketId: 'x'.repeat(36),
  left: 9,
  replaced: 'My-old-phone-with-a-name-that-is-one-long-word-of-many-letters-too',
  event: 'two-factor.factor.enrolled',
  cause: 're-enrollment',
  until: Date.UTC(2030, 0, 4, 9, 30),
  cancel: `https://clients.example-hosting.example/login/recovery/cancel/${'x'.repeat(43)}`,
  domain: `${'a'.repeat(60)}.${'b'.repeat(60)}.example`,
  from: `ns1.${'a'.repeat(60)}.example`,
  to: `ns1.${'b'.repeat(60)}.example`,
  key: 'act.epp-code',
  values: { domain: 'example.com' },
  token: 'a-name-of-a-token-that-is-one-long-word-of-sixty-characters',
  agent: 'Sam',
  expiresAt: Date.UTC(2030, 3, 1),
  stop: `https://clients.example-hosting.example/security/stop/${'x'.repeat(43)}`,
  misses: 5,
  code: '1234 5678',
  minutes: 10,
  use: 'sign-in',
  account: 'Ann (ann@example.com)',
  accountId: 'x'.repeat(36),
  reason: 'rows are missing',
};

/** The reason of an ended recovery is one of a few words. */
const modelOf = (view: string) =>
  view.endsWith('recovery-cancelled') ? { ...model, reason: 'signed-in' } : model;

inChromium((browser) => {
  describe('a mail on a telephone', () => {
    let site: Portal;
    let page: Page;
    beforeAll(async () => {
      const help = { SUPPORT_EMAIL: 'help@example-hosting.example', SUPPORT_PHONE: '+49 30 123456' };
      site = await portal({ env: { ...help, PORTAL_NAME: 'Example Hosting' } });
      page = await (await browser().newContext()).newPage();
    }, storyTime);
    afterAll(() => site.close());

    const written = (view: string, locale: string) => {
      const to = { name: 'Alice Moreau', email: 'alice@example.com', locale };
      return site.app
        .get(MailRenderer, { strict: false })
        .render({ id: 'one', to, view, model: modelOf(view) });
    };

    it.each(views)(
      '%s fits 360 pixels, can be read in light and dark, and names help once',
      async (view) => {
        for (const locale of ['en', 'de']) {
          const { html, text } = written(view, locale);
          await page.setViewportSize(phone);
          await page.setContent(html);
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
            phone.width,
          );
          for (const look of [looks.phone, looks.darkPhone]) expect(await faultsOf(page, look)).toEqual([]);
          expect(text.match(/Need help\?|Brauchen Sie Hilfe\?/g)).toHaveLength(1);
          expect(text).toContain('help@example-hosting.example, +49 30 123456');
        }
        await page.setContent(written(view, 'en').html);
        await keepPicture(page, `mail-${view.split('/').at(-1)}`);
      },
      storyTime,
    );
  });
});
