import { randomBytes } from 'node:crypto';
import { relative } from 'node:path';
import { readConfig } from '../../src/config.js';
import { DocPage } from './support/doc-page.js';

const page = new DocPage('README.md');
const rows = page.table('Configuration');
const keys = `docs:${randomBytes(32).toString('base64')}`;
const secrets = { SESSION_SECRET: 'a long text that only this test knows', TWO_FACTOR_KEYS: keys };
const production = {
  ...secrets,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://portal.example',
  DATABASE_URL: 'postgres://portal@db.example/portal',
  TRUST_PROXY: '1',
  SMTP_URL: 'smtp://mail.example',
};

/** The names of the variables that are asked for. */
function asked(env: NodeJS.ProcessEnv): Set<string> {
  const names = new Set<string>();
  const watched = new Proxy(env, {
    get(target, name) {
      names.add(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
  readConfig(watched);
  return names;
}

describe('the configuration in README.md', () => {
  test('no variable is missing or made up', () => {
    const names = [...new Set([...asked(secrets), ...asked(production)])];
    const files = names.filter((name) => name.endsWith('_FILE'));
    const listed = rows.map(([name = '']) => name);
    expect(listed.sort()).toEqual(names.filter((name) => !files.includes(name)).sort());
    expect(files.filter((name) => !page.text.includes(`\`${name}\``))).toEqual([]);
  });

  test('no default differs from the one in the code', () => {
    const config = readConfig(secrets);
    const { memoryCost, timeCost, parallelism } = config.passwordHash;
    const defaults = {
      PORT: config.port,
      HOST: config.host,
      PORTAL_NAME: config.portalName,
      PORTAL_TIME_ZONE: config.timeZone,
      PORTAL_DATA: relative(process.cwd(), config.dataFolder),
      REQUIRE_TWO_FACTOR: config.requireTwoFactor,
      TRUST_PROXY: config.trustProxy,
      KEEP_ALIVE_SECONDS: config.keepAliveSeconds,
      STAFF_ACTS_PER_DAY: config.staffActsPerDay,
      BACKUP_CODE_HASH: `N=${config.backupCodeHash}`,
      PASSWORD_HASH: `m=${memoryCost},t=${timeCost},p=${parallelism}`,
    };
    const listed = Object.fromEntries(rows.map(([name = '', , standard]) => [name, standard]));
    expect(listed).toMatchObject(
      Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, String(value)])),
    );
    expect(listed['PUBLIC_URL']).toContain(`\`${config.publicUrl}\``);
  });

  test('no variable that production needs is called optional', () => {
    const needed = Object.keys(production).filter((name) => name !== 'NODE_ENV');
    const sentence = page.below('Configuration');
    for (const name of needed) {
      expect(() => readConfig({ ...production, [name]: '' })).toThrow(name);
      expect(sentence.slice(sentence.indexOf('In production'))).toContain(`\`${name}\``);
    }
  });
});
