import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (env: Record<string, string> = {}) => readConfig({ ...{ PORTAL_DATA: folder }, ...env });

const strong = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64');
const random = () => randomBytes(32).toString('base64');
const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://portal.example',
  DATABASE_URL: 'postgres://portal:secret@db/portal',
  TRUST_PROXY: '1',
  SMTP_URL: 'smtp://mail.example:587',
  SESSION_SECRET: strong,
  TWO_FACTOR_KEYS: `2026:${random()}`,
};

describe('an empty environment', () => {
  it('runs the embedded defaults', () => {
    expect(read()).toMatchObject({
      production: false,
      logLevel: 'warn',
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      https: false,
      origins: ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
      portalName: 'Client Area',
      trustProxy: 0,
      keepAliveSeconds: 75,
      requireTwoFactor: 'none',
      database: { type: 'better-sqlite3', path: join(folder, 'portal.sqlite') },
      passwordHash: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
    });
  });

  it('makes secrets once, for the owner alone', () => {
    const first = read();
    expect(read()).toMatchObject({ sessionSecret: first.sessionSecret, twoFactorKeys: first.twoFactorKeys });
    for (const file of ['session-secret', 'two-factor-keys'])
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'session-secret'), 'utf8').trim()).toBe(first.sessionSecret);
  });
});

describe('a secret', () => {
  it('is read from a file without its line end', () => {
    const file = join(folder, 'mounted');
    writeFileSync(file, `${strong}\n`);
    expect(read({ SESSION_SECRET_FILE: file }).sessionSecret).toBe(strong);
  });

  it('is named once', () => {
    expect(() => read({ SESSION_SECRET: strong, SESSION_SECRET_FILE: '/x' })).toThrow('not both');
  });

  it('is never part of the sentence that refuses it', () => {
    expect(() => read({ SESSION_SECRET: 'hunter2' })).toThrow(/^SESSION_SECRET must be random text/);
    expect(() => read({ TWO_FACTOR_KEYS: 'a:hunter2' })).toThrow(
      /^TWO_FACTOR_KEYS cannot be used(?!.*hunter2)/,
    );
  });
});

describe('one sentence refuses', () => {
  it.each([
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
    ['NODE_ENV', 'staging'],
    ['LOG_LEVEL', 'verbose'],
    ['LOG_LEVEL', 'WARN'],
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'portal.example'],
    ['PUBLIC_URL', 'ftp://portal.example'],
    ['PUBLIC_URL', 'http://portal.example'],
    ['PUBLIC_URL', 'https://192.0.2.7'],
    ['PUBLIC_URL', 'http://[::1]:3000'],
    ['PASSKEYS', 'yes'],
    ['SECURITY_CONTACT', 'call us'],
    ['SECURITY_CONTACT', 'http://portal.example/report'],
    ['PUBLIC_URL', 'https://portal.example/area'],
    ['PUBLIC_URL', 'https://user@portal.example'],
    ['PUBLIC_URL', 'https://:password@portal.example'],
    ['PORTAL_NAME', 'Hosting: the best'],
    ['PORTAL_NAME', 'two\nlines'],
    ['SUPPORT_EMAIL', 'nobody'],
    ['DATABASE_URL', 'oracle://db/portal'],
    ['DATABASE_URL', 'postgres://db'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'postgres:shop'],
    ['SESSION_SECRET', 'x'.repeat(40)],
    ['SESSION_SECRET_FILE', '/does/not/exist'],
    ['TWO_FACTOR_KEYS', strong],
    ['TWO_FACTOR_KEYS', `sample:${strong}`],
    ['TWO_FACTOR_KEYS', `a:${random()},a:${random()}`],
    ['TWO_FACTOR_KEYS', `a:${random().slice(0, 20)}`],
    ['REQUIRE_TWO_FACTOR', 'yes'],
    ['MAILED_CODES', 'yes'],
    ['PORTAL_TIME_ZONE', 'Berlin'],
    ['PORTAL_TIME_ZONE', '+01:00'],
    ['PORTAL_TIME_ZONE', 'CET DST'],
    ['THEME', 'nautical'],
    ['THEME', '../themes/harbour'],
    ['THEME', '.'],
    ['SMTP_URL', 'mail.example'],
    ['SMTP_URL', 'smtp://mail.example:0'],
    ['TRUSTED_NETWORKS', '0.0.0.0/0'],
    ['BRAKE_HOURS', '23'],
    ['BRAKE_HOURS', '169'],
    ['BRAKE_HOURS', '-72'],
    ['BRAKE_HOURS', 'never'],
    ['TRUST_PROXY', 'true'],
    ['KEEP_ALIVE_SECONDS', '0'],
    ['KEEP_ALIVE_SECONDS', '3601'],
    ['KEEP_ALIVE_SECONDS', '75s'],
    ['KEEP_ALIVE_SECONDS', '7.5'],
    ['KEEP_ALIVE_SECONDS', '-75'],
    ['PASSWORD_HASH', 'm=19456'],
    ['PASSWORD_HASH', 'm=1,t=1,p=1'],
    ['BACKUP_CODE_HASH', '16384'],
    ['BACKUP_CODE_HASH', 'N=512'],
    ['BACKUP_CODE_HASH', 'N=10000'],
    ['BACKUP_CODE_HASH', 'N=2097152'],
    ['DEMO_PASSWORD', 'short'],
    ['DEMO_PASSWORD', '🔑🔑🔑🔑'],
  ])('%s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`\\b${name}\\b`));
  });
});

describe('everything that is wrong', () => {
  const sentences = (env: Record<string, string>): string[] => {
    try {
      read(env);
      return [];
    } catch (error) {
      return (error as Error).message.split('\n');
    }
  };
  const variables = (env: Record<string, string>) => sentences(env).map((each) => each.split(' ', 1)[0]);

  it('is said at once, one sentence for each variable', () => {
    const wrong = {
      NODE_ENV: 'prod',
      PORT: '70000',
      PORTAL_NAME: 'Hosting: the best',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'oracle://db/portal',
      SESSION_SECRET: 'short',
      TWO_FACTOR_KEYS: 'a:short',
    };
    expect(variables(wrong).sort()).toEqual(Object.keys(wrong).sort());
    expect(sentences(wrong)[0]).toBe('NODE_ENV must be one of production, development, test.');
  });

  it('is said of production too', () => {
    const missing = Object.keys(production).filter((name) => name !== 'NODE_ENV');
    expect(variables({ NODE_ENV: 'production', PASSWORD_HASH: 'm=8,t=1,p=1' }).sort()).toEqual(
      [...missing, 'PASSWORD_HASH'].sort(),
    );
  });

  it('leaves no new secret behind', () => {
    expect(variables({ NODE_ENV: 'prod' })).toEqual(['NODE_ENV']);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('production', () => {
  it('runs with all required variables', () => {
    expect(read(production)).toMatchObject({
      production: true,
      https: true,
      origins: ['https://portal.example'],
    });
  });

  it.each(Object.keys(production).filter((name) => name !== 'NODE_ENV'))(
    'does not run without %s',
    (name) => {
      const { [name as keyof typeof production]: _left, ...rest } = production;
      expect(() => read(rest)).toThrow(new RegExp(`^${name}\\b.* must be set in production`));
    },
  );

  it.each([
    ['PUBLIC_URL', 'http://portal.example'],
    ['PASSWORD_HASH', 'm=19455,t=2,p=1'],
    ['PASSWORD_HASH', 'm=19456,t=1,p=1'],
    ['BACKUP_CODE_HASH', 'N=8192'],
  ])('does not run with %s=%s', (name, value) => {
    expect(() => read({ ...production, [name]: value })).toThrow(new RegExp(`^${name}\\b`));
  });
});
