import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HostRequest } from '../../core/contracts/ports/login-session.js';
import { JsonTranslator } from './json.translator.js';
import { PlainRenderer } from './plain.renderer.js';

const twoFactorMessages = fileURLToPath(new URL('../../../messages', import.meta.url));
const twoFactorTemplates = fileURLToPath(new URL('../../../templates', import.meta.url));

const at = Date.UTC(2030, 0, 2, 22, 4);
const device = { agent: 'Firefox', createdAt: at, expiresAt: at, forget: '/forget' };

/** What a host keeps for a request, such as a cookie. */
const zones = new WeakMap<HostRequest, string>();

class Local extends JsonTranslator {
  override timeFormat(request: HostRequest | null): { locale: string; timeZone: string } {
    return { locale: 'de', timeZone: zones.get(request ?? {}) ?? '' };
  }
}

async function securityPage(translator: JsonTranslator, zone = ''): Promise<string> {
  const request: HostRequest = {};
  zones.set(request, zone);
  const renderer = new PlainRenderer([twoFactorTemplates], translator);
  const html = await renderer.render(request, 'manage/security', { enabled: true, devices: [device] });
  return html.replace(/\s+/g, ' ');
}

describe('the plain pages', () => {
  it('show times in UTC, with the zone named, and for programs too', async () => {
    expect(await securityPage(new JsonTranslator([twoFactorMessages]))).toContain(
      'Trusted since <time datetime="2030-01-02T22:04:00.000Z">Jan 2, 2030, 10:04 PM UTC</time>',
    );
  });

  it('show them in the language and zone that the host’s translator names', async () => {
    expect(await securityPage(new Local([twoFactorMessages]), 'Europe/Berlin')).toContain(
      '<time datetime="2030-01-02T22:04:00.000Z">02.01.2030, 23:04 MEZ</time>',
    );
  });

  it.each(['', 'Mars/Olympus', '"><script>'])('show them in UTC where it names no zone: %j', async (zone) => {
    expect(await securityPage(new Local([twoFactorMessages]), zone)).toContain('>Jan 2, 2030, 10:04 PM UTC<');
  });

  it('add no blanks to the values of an indented part', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plain-'));
    writeFileSync(join(folder, 'field.hbs'), '<textarea>\n{{text}}</textarea>\n');
    writeFileSync(join(folder, 'own.hbs'), '<form>\n    {{> field}}\n</form>\n');
    const renderer = new PlainRenderer([twoFactorTemplates, folder], new JsonTranslator([twoFactorMessages]));
    const html = await renderer.render({}, 'own', { text: 'one\ntwo' });
    rmSync(folder, { recursive: true });
    expect(html).toContain('<textarea>\none\ntwo</textarea>');
  });

  it('say how long a wait is, not until when', async () => {
    const renderer = new PlainRenderer([twoFactorTemplates], new JsonTranslator([twoFactorMessages]));
    const waits = async (ms: number) => {
      const sending = { channel: 'mail', to: 'a***@b', minutes: 10, expiresAt: null, nextAt: at + ms };
      const model = { sending, now: at, kind: 'email-code', action: '/send' };
      return /in [^.]*\./.exec(
        (await renderer.render({}, 'partials/sending', model)).replace(/[^]*<\/button>/, ''),
      )?.[0];
    };
    expect(await waits(39_200)).toBe('in 40 seconds.');
    expect(await waits(1)).toBe('in 1 second.');
    expect(await waits(130_000)).toBe('in 3 minutes.');
  });
});
