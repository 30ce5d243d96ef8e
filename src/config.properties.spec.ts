import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ConfigError } from './config/config-error.js';
import { readConfig } from './config.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const marker = 'sEcReT-5b1c';
/** Arbitrary and almost valid values, each with a secret that must not appear in a message. */
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...['0', '-1', '65536', '1e3', ' 1', 'https://a', 'https://a/b', 'https://a?b', `https://x:${marker}@a`],
    ...[
      `postgres://u:${marker}@h/d`,
      'postgres:d',
      `MARIADB://u:${marker}@h/d`,
      'sqlite:',
      'sqlite::memory:',
    ],
    ...[
      `smtp://u:${marker}@h:0`,
      'smtps://h',
      'smtp://h/x',
      'm=8,t=1,p=1',
      'm=1,t=1,p=1',
      'm=8,t=1',
      'staff',
    ],
    ...[
      `a:${marker}`,
      `2026:${Buffer.alloc(32, 7).toString('base64')}`,
      'a@example.com',
      'A\r\nB: c',
      'x\u2028y',
    ],
    ...['10.0.0.0/8', '0.0.0.0/0', '::/8', '10.0.0.0/8,', 'harbour', '..', marker],
  ),
);
const names = [
  ...['PORT', 'HOST', 'PUBLIC_URL', 'PORTAL_NAME', 'SUPPORT_EMAIL', 'SUPPORT_PHONE', 'THEME', 'DATABASE_URL'],
  ...['SESSION_SECRET', 'TWO_FACTOR_KEYS', 'REQUIRE_TWO_FACTOR', 'SMTP_URL', 'MAIL_FROM', 'TRUST_PROXY'],
  ...[
    'PASSWORD_HASH',
    'BACKUP_CODE_HASH',
    'DEMO_PASSWORD',
    'TRUSTED_NETWORKS',
    'BRAKE_HOURS',
    'KEEP_ALIVE_SECONDS',
    'NODE_ENV',
    'LOG_LEVEL',
  ],
  ...['PASSKEYS', 'SECURITY_CONTACT'],
] as const;
const environment = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });

describe('any environment', () => {
  it('makes settings that hold together, or is refused in sentences that name a variable and tell no secret', () => {
    fc.assert(
      fc.property(environment, (env) => {
        try {
          const config = readConfig({ ...env, PORTAL_DATA: folder });
          expect(new URL(config.publicUrl).origin).toBe(config.publicUrl);
          expect(config.https).toBe(config.publicUrl.startsWith('https:'));
          expect([config.port >= 0, config.port <= 65_535, config.portalName.includes(':')]).toEqual([
            ...[true, true, false],
          ]);
          expect(`${config.portalName}${config.mailFrom.name}${config.mailFrom.address}`).not.toMatch(
            /\p{Cc}/u,
          );
          expect(
            config.database.type === 'better-sqlite3' || /^(postgres|mysql)/i.test(config.database.url),
          ).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
          const { message } = error as ConfigError;
          for (const sentence of message.split('\n')) {
            expect(sentence).toMatch(/^[^\p{Cc}]{10,300}\.$/u);
            expect(sentence).toMatch(new RegExp(names.join('|')));
          }
          expect(message).not.toContain(marker);
        }
      }),
      { numRuns: 400 },
    );
  });
});
