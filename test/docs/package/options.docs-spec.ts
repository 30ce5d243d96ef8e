import { declared, membersOf, propertiesIn, textsIn, type Member } from '../support/declarations.js';
import { DocPage } from '../support/doc-page.js';

const page = new DocPage('modules/two-factor/docs/options.md');

/** A row as the page must have it: the doc comment, its default in a column of its own. */
function row({ name, doc, optional }: Member): string[] {
  const [, sentence = '', stated] = /^(.*?)(?: Default: (.*)\.)?$/.exec(doc) ?? [];
  const standard = stated ?? (optional ? 'none' : 'required');
  return [name, standard.replace(/^`([^`]*)`$/, '$1'), sentence];
}

const options = membersOf('TwoFactorOptions', 'two-factor.options.ts');

/** The default that `defaults` gives an option, as written there; without one, or with an empty text, it is required. */
function defaultOf(name: string): string {
  const written = propertiesIn(declared('defaults', 'two-factor.options.ts').node).get(name) ?? '';
  return written.replace(/^'(.*)'$/, '$1') || 'required';
}

describe('options.md', () => {
  test('no option is missing, and none is made up', () => {
    expect(page.names('Options')).toEqual(options.map(({ name }) => name));
  });

  test('no default differs from the one in the code', () => {
    const rows = page.table('Options').map(([name, standard]) => [name, standard]);
    expect(rows).toEqual(options.map(({ name }) => [name, defaultOf(name)]));
  });

  test('no option is described otherwise than where it is declared', () => {
    const sentences = options.map((each) => row(each)[2]);
    expect(page.table('Options').map(([, , sentence]) => sentence)).toEqual(sentences);
  });

  test('nothing a host fits the module with is missing', () => {
    const rows = membersOf('TwoFactorSetup', 'two-factor.setup.ts').map(row);
    expect(page.table('Fitting it into a host')).toEqual(rows);
  });

  test.each([
    ['Authenticator app', 'TotpOptions', 'factors/totp/totp.options.ts'],
    ['Passkeys and security keys', 'WebAuthnOptions', 'factors/webauthn/webauthn.options.ts'],
    ['Backup codes', 'BackupCodesOptions', 'factors/backup-codes/backup-codes.options.ts'],
    ['Codes by mail', 'EmailCodeOptions', 'factors/email-code/email-code.options.ts'],
    ['Trusted browsers', 'TrustedDeviceOptions', 'skips/trusted-device/trusted-device.skip.ts'],
  ])('no option of a factor or skip rule is missing: %s', (heading, name, file) => {
    expect(page.table(heading)).toEqual(membersOf(name, file).map(row));
  });

  test('no reason to refuse the start is kept quiet', () => {
    const places = [
      ...['faultsOf', 'faultsOfKinds'].map((name) => declared(name, 'two-factor.options.ts')),
      declared('recoveryFaults', 'core/recovery-cases/recovery-policy.ts'),
      ...['noPasskeys', 'noMailer'].map((name) => declared(name, 'two-factor.from-settings.ts')),
    ];
    const texts = places.flatMap(({ node }) => textsIn(node));
    const sentences = texts.filter((text) => /^\S+ .+\.$/.test(text));
    expect(sentences.length).toBeGreaterThan(2);
    expect(page.names('Errors at start')).toEqual(sentences);
  });
});
