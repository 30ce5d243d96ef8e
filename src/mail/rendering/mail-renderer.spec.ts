import { join } from 'node:path';
import type { Config } from '../../config.js';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { loadMessages } from '../../pages/pages.module.js';
import { projectRoot } from '../../pages/common/project-root.js';
import { ViewEngine } from '../../pages/views/view-engine.js';
import { ViewFinder } from '../../pages/views/view-finder.js';
import { viewFunctions } from '../../pages/views/view-functions.js';
import type { InstalledModules } from '../../portal/modules/modules.js';
import { MailRenderer } from './mail-renderer.js';

const to = { name: 'Ann', email: 'ann@example.com' };
const model = { at: Date.UTC(2030, 0, 1), ip: '192.0.2.7', userAgent: null };

function writer(): MailRenderer {
  const config = {
    portalName: 'Hosting',
    publicUrl: 'https://portal.example',
    production: false,
    supportEmail: 'help@portal.example',
    supportPhone: null,
    timeZone: 'UTC',
  } as Config;
  const messages = loadMessages([]);
  const finder = new ViewFinder({
    host: join(projectRoot(), 'templates'),
    theme: null,
    modules: new Map(),
  });
  const engine = new ViewEngine(finder, viewFunctions(messages, { address: (name) => name, scripts: [] }));
  return new MailRenderer(
    config,
    new LayoutContexts(config, messages, { list: [] } as unknown as InstalledModules),
    engine,
  );
}

const written = (facts: Partial<typeof to> = {}) =>
  writer().render({ id: 'one', to: { ...to, ...facts }, view: 'mail/password-changed', model });

describe('a mail', () => {
  it('says the same in text and HTML, with a subject', () => {
    expect(written()).toEqual({
      to: { name: 'Ann', address: 'ann@example.com' },
      subject: 'Your password was changed',
      text: expect.stringContaining('Hello Ann') as string,
      html: expect.stringContaining('<p>Hello Ann') as string,
    });
    for (const form of [written().text, written().html]) {
      expect(form).toContain('192.0.2.7');
      expect(form).toContain('https://portal.example/login');
      expect(form).toContain('help@portal.example');
    }
  });

  it.each(['Ann\r\nBcc: eve@example.com', 'Ann\nBcc: eve@example.com', 'Ann\u2028Bcc: eve@example.com'])(
    'lets no name begin a header: %j',
    (name) => {
      expect(written({ name }).to.name).toBe('Ann Bcc: eve@example.com');
    },
  );

  it('lets no name begin an encoded word, which programs would decode', () => {
    expect(written({ name: '=?utf-8?q?=0D=0ABcc:_eve?= =?' }).to.name).toBe(
      '= ?utf-8?q?=0D=0ABcc:_eve?= = ?',
    );
  });

  it.each([
    'ann@example.com, eve@example.com',
    'ann@example.com\r\nBcc: eve@example.com',
    '<ann@example.com>',
    '',
  ])('is not written when the address is invalid: %j', (email) => {
    expect(() => written({ email })).toThrow('address');
  });

  it('has no half a character where a name is cut', () => {
    const { name } = written({ name: `x${'💌'.repeat(300)}` }).to;
    expect(name).toBe(`x${'💌'.repeat(199)}`);
  });

  it('has markup in a name as text', () => {
    const { html } = written({ name: '<b>Ann</b>' });
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;');
  });
});
