import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { loadMessages } from '../../pages/pages.module.js';
import { projectRoot } from '../../pages/common/project-root.js';
import { ViewEngine } from '../../pages/views/view-engine.js';
import { ViewFinder } from '../../pages/views/view-finder.js';
import { viewFunctions } from '../../pages/views/view-functions.js';
import { installedModules } from '../../portal/modules/installed-modules.js';
import type { InstalledModules } from '../../portal/modules/modules.js';
import { MailCipher, longestMail } from '../queue/mail-cipher.js';
import { MailRenderer } from './mail-renderer.js';

const templates = join(projectRoot(), 'templates');
const modules = new Map(installedModules.map((each) => [each.id, each.templates]));
const messages = loadMessages(installedModules);

/** Random words that cannot be compressed. */
const noise = (length: number) => randomBytes(length).toString('base64url').slice(0, length);

const config = {
  portalName: noise(100),
  publicUrl: `https://${noise(200)}.example`,
  sessionSecret: noise(64),
  supportEmail: `${noise(60)}@example.com`,
  supportPhone: noise(60),
  timeZone: 'UTC',
} as Config;

/** All values that any mail can show, each as long as possible. */
const model = {
  at: Date.UTC(2030, 0, 1),
  ip: noise(64),
  userAgent: `Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0 ${noise(190)}`,
  browser: noise(255),
  link: `${config.publicUrl}/password/reset/${noise(43)}`,
  security: `${config.publicUrl}/${noise(50)}`,
  label: noise(200),
  left: 10,
  replaced: noise(200),
  event: noise(64),
  stop: `https://portal.example/security/stop/${'x'.repeat(43)}`,
  misses: 20,
  number: noise(200),
  ticketId: noise(64),
  kind: noise(64),
  code: '1234 5678',
  minutes: 10,
  use: 'sign-in',
  account: noise(360),
  accountId: noise(64),
  reason: noise(255),
  token: noise(60),
  key: 'act.epp-code',
  values: { domain: noise(253) },
  fields: [{ name: noise(64), value: noise(4000) }],
};

/** Values that are part of a message key. */
const keys: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'modules/two-factor/mail/brake-started': { cause: 'lock-down' },
  'modules/two-factor/mail/recovery-cancelled': { reason: 'expired' },
};

/** All mail views of the portal and its modules that have their own subject. */
const views = [['', templates], ...[...modules].map(([id, folder]) => [`modules/${id}/`, folder])].flatMap(
  ([place = '', folder = '']) =>
    readdirSync(join(folder, 'mail'))
      .filter((name) => name.endsWith('.html.hbs') && !name.startsWith('origin'))
      .map((name) => `${place}mail/${name.replace('.html.hbs', '')}`),
);

function writer(): MailRenderer {
  const finder = new ViewFinder({ host: templates, theme: null, modules });
  const engine = new ViewEngine(finder, viewFunctions(messages, { address: (name) => name, scripts: [] }));
  const layoutContexts = new LayoutContexts(config, messages, { list: [] } as unknown as InstalledModules);
  return new MailRenderer(config, layoutContexts, engine);
}

/** Goes to an unconfirmed address, so a name in it would be a text chosen by a stranger. */
const stranger = 'mail/email-confirm';

/** About acts of staff: the browser is the agent's, and no business of the owner. */
const byStaff = [
  'account-reopened',
  'account-suspended',
  'impersonation-started',
  'password-link',
  'sessions-ended',
].map((name) => `mail/${name}`);

/** The mails that tell from which browser something was done. */
const withBrowser = views.filter((view) => !view.includes('ticket') && !byStaff.includes(view));

describe.each(messages.locales)('a mail in the language %s', (locale) => {
  const written = (view: string, name = noise(100)) => {
    const to = { name, email: `${noise(64)}@${noise(180)}.example`, locale };
    return writer().render({ id: 'one', to, view, model: { ...model, ...keys[view] } });
  };

  it.each(views)('%s is far from too long, however long what it says', (view) => {
    expect(new MailCipher(config).seal('one', written(view)).length).toBeLessThan(longestMail / 8);
  });

  it.each(withBrowser)('%s tells from which browser', (view) => {
    expect(written(view).text).toContain(view.startsWith('modules') ? model.browser : 'Firefox, Linux');
  });

  it.each(views)('%s has a subject, and no marks of HTML in its text', (view) => {
    const { subject, text } = written(view, 'Ann & Bob <ann@example.com>');
    expect(subject).toMatch(/^[^\p{C}&<>]{5,}$/u);
    expect(text).not.toMatch(/&(amp|lt|gt|quot|#)/);
  });

  it.each(views.filter((view) => view !== stranger))('%s says whom it is for, in text and HTML', (view) => {
    const { text, html } = written(view, 'Ann & Bob <ann@example.com>');
    expect(text).toContain('Ann & Bob <ann@example.com>');
    expect(html).toContain('Ann &amp; Bob &lt;ann@example.com&gt;');
  });

  it('says no name to a mailbox that may be a stranger’s', () => {
    const { text, html } = written(stranger, 'Ann & Bob <ann@example.com>');
    expect(`${text}${html}`).not.toContain('Bob');
  });
});
