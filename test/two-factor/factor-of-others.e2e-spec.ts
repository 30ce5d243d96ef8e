import { readFileSync } from 'node:fs';
import { factorContract } from 'nestjs-two-factor/testing';
import { factors } from '../../src/two-factor/factors.js';
import { twoFactorWith } from '../../src/two-factor/two-factor.portal-module.js';
import { hardwareToken } from '../fixtures/hardware-token/hardware-token.js';
import { hotp } from '../fixtures/hardware-token/hotp.js';
import { codesOn } from '../support/people/owner.js';
import { portal, type Portal } from '../support/portal/portal.js';

const began = Date.UTC(2030, 0, 1);

factorContract('a factor of a package of its own', hardwareToken, {
  right: ({ draft, now }) => ({ code: hotp(String(draft['secret']), Math.floor((now - began) / 60_000)) }),
  wrong: ({ code }) => ({ code: String((Number(code) + 1) % 1_000_000).padStart(6, '0') }),
  malformed: [{ code: '12345' }, { code: '1234567' }, { code: '12345a' }, { code: '' }],
});

describe('a portal with a factor of others', () => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ modules: [twoFactorWith([...factors, hardwareToken])] });
  });
  afterAll(() => site.close());

  it('takes it with one line: that of its list', () => {
    const lines = readFileSync(new URL('../../src/two-factor/factors.ts', import.meta.url), 'utf8').split(
      '\n',
    );
    const entries = lines.filter((line) => /^ {2}\w+\(.*\),$/.test(line));
    expect(entries).toHaveLength(factors.length);
  });

  it('offers it, turns two-factor on with it, asks for it in its own words, and takes each code once', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/account/security');
    await visitor.goes(visitor.page.link('Add a hardware token'));
    expect(visitor.page.text).toContain('A small device shows a new six-digit code');
    await visitor.presses('/account/security/two-factor/hardware-token/setup');
    const seed = visitor.page.all('[data-seed]')[0] ?? '';
    expect(codesOn(await visitor.submits({ code: hotp(seed, 0) }))).toHaveLength(10);
    const answers = async (code: string) => {
      const next = site.visitor();
      const page = await next.signsIn(ann);
      expect(page.title).toBe('Press the button of your token');
      return (await next.submits({ code })).title;
    };
    expect(await answers(hotp(seed, 0))).toBe('Press the button of your token');
    expect(await answers(hotp(seed, 3))).toBe('Welcome, Ann');
    expect(await answers(hotp(seed, 2))).toBe('Press the button of your token');
    const { body } = await visitor.asks('GET', '/account/security');
    expect(body).toMatchObject({
      enabled: true,
      factors: [{ kind: 'hardware-token', label: 'Hardware token' }],
    });
  });
});
