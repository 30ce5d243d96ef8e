import { jest } from '@jest/globals';
import type { Request } from 'express';
import { Logger } from '@nestjs/common';
import { RefusedOrigins } from '../../src/auth/csrf/refused-origins.js';
import type { Config } from '../../src/config.js';
import { FixedClock } from '../support/portal/fixed-clock.js';
import { RefusedSignIns } from '../../src/auth/password/refused-sign-ins.js';
import { DocPage } from './doc-page.js';

const page = new DocPage('docs/operate.md');

describe('operate.md', () => {
  test('each line that the portal writes about a refused sign-in matches the filter, and equals the one shown', () => {
    const [, failregex = ''] = /^failregex = (.+)$/m.exec(page.text) ?? [];
    const written: unknown[] = [];
    const warn = jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((line: unknown) => void written.push(line));
    const request = { ip: '203.0.113.7', socket: {} } as Request;
    new RefusedSignIns(undefined as never).line(request, 'credentials');
    warn.mockRestore();
    expect(page.text).toContain(`\n${String(written[0])}\n`);
    expect(String(written[0])).toMatch(
      new RegExp(`^${failregex.replace('<HOST>', String.raw`[\d.:a-f]+`)}$`),
    );
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
