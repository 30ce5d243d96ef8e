import { jest } from '@jest/globals';
import type { Request } from 'express';
import { Logger } from '@nestjs/common';
import { RefusedTokens } from '../../src/api-tokens/bearer/refused-tokens.js';
import { RefusedOrigins } from '../../src/auth/csrf/refused-origins.js';
import type { Config } from '../../src/config.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { RefusedSignIns } from '../../src/auth/password/refused-sign-ins.js';
import { DocPage } from './support/doc-page.js';

const page = new DocPage('docs/operate.md');

/** The filters, one in each line; `<HOST>` is any address. */
function regexes(filters: string): RegExp[] {
  const lines = filters.split('\n').map((line) => line.trim().replace('<HOST>', String.raw`[\d.:a-f]+`));
  return lines.map((line) => new RegExp(`^${line}$`));
}

describe('operate.md', () => {
  test('each line that is written about guessing matches the filter, and equals the one shown', () => {
    const [, filters = ''] = /^failregex = (.+(?:\n +.+)*)$/m.exec(page.text) ?? [];
    const written: unknown[] = [];
    const warn = jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((line: unknown) => void written.push(line));
    const request = { ip: '203.0.113.7', socket: {} } as Request;
    new RefusedSignIns(undefined as never).line(request, 'credentials');
    new RefusedTokens().invalid(request, 'unknown');
    warn.mockRestore();
    const shown = page.code('', 'Blocking addresses that guess').trim().split('\n');
    expect([shown[0], shown[2]]).toEqual(written);
    for (const line of shown) expect(regexes(filters).filter((regex) => regex.test(line))).toHaveLength(1);
  });

  test('the line about a refused origin equals the one that the portal writes', () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
    const headers: Readonly<Record<string, string>> = { origin: 'http://portal.lan:3000' };
    const request = { get: (name: string) => headers[name] } as unknown as Request;
    new RefusedOrigins({ publicUrl: 'http://localhost:3000' } as Config, new FixedClock()).tell(request);
    const written = String(warn.mock.calls[0]?.[0]);
    warn.mockRestore();
    expect(page.text).toContain(`\n${written}\n`);
  });
});
