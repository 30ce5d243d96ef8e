import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backupCodes, emailCode, totp } from 'nestjs-two-factor';
import { smsCode, SmsSender } from 'nestjs-two-factor-sms';
import { webauthn } from 'nestjs-two-factor/webauthn';
import ts from 'typescript';
import { gateLower } from '../../src/auth/gates/gate-lower.command.js';
import { gateStatus } from '../../src/auth/gates/gate-status.command.js';
import { accountCreate } from '../../src/cli/account-create.command.js';
import { migrateCommand } from '../../src/cli/migrate.command.js';
import { demoAccounts } from '../../src/demo/demo-accounts.js';
import { mailRetry } from '../../src/mail/operations/mail-retry.command.js';
import { mailStatus } from '../../src/mail/operations/mail-status.command.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { places } from '../foreign-host/support/uninstall.js';
import { declared, exportedNames } from './support/declarations.js';
import { DocPage, filesBelow, root } from './support/doc-page.js';

const page = new DocPage('README.md');
const packagePage = new DocPage('modules/two-factor/README.md');
/** A host whose files are quoted whole. */
const firstHost = 'test/foreign-host/first-host';

describe('README.md', () => {
  test.each([
    [page, 'Install into your own portal'],
    [packagePage, 'Install'],
  ])('no line of the installation differs from a host that runs', (readme, heading) => {
    const blocks = tsBlocks(readme.below(heading));
    const tested = filesBelow('test/foreign-host/host', '.ts').flatMap(regions);
    expect(blocks.length).toBeGreaterThan(4);
    const whole = filesBelow(firstHost, '.ts').map((file) => source(`${firstHost}/${file}`));
    const isTested = (block: string) => tested.includes(block) || whole.some((text) => text.includes(block));
    expect(blocks.filter((block) => !isTested(block))).toEqual([]);
  });

  test('no line of the removal differs from a host that took two-factor out', () => {
    const blocks = tsBlocks(packagePage.below('Take it out'));
    const tested = places.map(({ after }) => after.replace(/^ +/gm, ''));
    expect(blocks).toHaveLength(2);
    expect(blocks.filter((block) => !tested.includes(block))).toEqual([]);
  });

  test('no demo account is missing or made up', () => {
    const accounts = demoAccounts.map(({ email, role }) => [email, role]);
    expect(page.table('Start')).toEqual(accounts);
  });

  test('no command it names is missing from the project', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const named = [...page.text.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z:]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(named).toContain('portal');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test("no operator's command is missing, made up, or described otherwise than by --help", () => {
    const commands = [
      accountCreate,
      migrateCommand(installedModules),
      mailStatus,
      mailRetry,
      gateStatus,
      gateLower,
      ...installedModules.flatMap((each) => each.commands ?? []),
    ];
    const rows = commands.map(({ name, arguments: given, summary, options = [] }) => [
      given === undefined ? name : `${name} ${given}`,
      summary,
      options.map(({ flags }) => flags).join(', '),
    ]);
    const listed = page.table("Operators' command line");
    expect(listed.map((row) => row.map((cell) => cell.replaceAll('`', '')))).toEqual(rows);
  });
});

describe("the package's README.md", () => {
  test('no port is missing or made up', () => {
    const ports = exportedNames().filter(
      ({ node, file }) => isAbstract(node) && file.startsWith('core/contracts/ports/'),
    );
    expect(packagePage.names('Ports').sort()).toEqual([...ports.map(({ name }) => name), 'Stores'].sort());
  });

  test('no call of the facade is missing', () => {
    const facade = declared('TwoFactor', 'two-factor.ts').node as ts.ClassDeclaration;
    const calls = facade.members.filter(ts.isMethodDeclaration).map(({ name }) => name.getText());
    const text = packagePage.below('Calls');
    expect(calls.filter((call) => !text.includes(`\`${call}\``))).toEqual([]);
  });

  test('no kind of factor is missing or made up', () => {
    const passwordReset = 'guarded';
    const sms = smsCode({ sender: new NoSender(), passwordReset });
    const kinds = [totp(), backupCodes(), webauthn(), emailCode({ passwordReset }), sms];
    expect(packagePage.names('Kinds of factors')).toEqual(kinds.map(({ kind }) => kind));
  });

  test('no table is missing or made up', () => {
    const tables = filesBelow('modules/two-factor/src/storage/schema/rows', '.ts').map(
      (file) => /@Entity\('(\w+)'\)/.exec(source(`modules/two-factor/src/storage/schema/rows/${file}`))?.[1],
    );
    expect(packagePage.names('Stored data').sort()).toEqual(tables.sort());
  });
});

describe('the pictures', () => {
  const sizes = filesBelow('docs/screenshots', '.png').map((file) => ({
    file,
    bytes: statSync(join(root, 'docs/screenshots', file)).size,
  }));

  test('are small enough to be opened', () => {
    expect(sizes.filter(({ bytes }) => bytes > 300 * 1024).map(({ file }) => file)).toEqual([]);
    expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(6 * 1024 * 1024);
  });

  test.each(['desktop', 'phone'])('show every page on a %s', (look) => {
    const names = sizes.map(({ file }) => file.replace(/-(desktop|phone|dark)\.png$/, ''));
    const lacking = [...new Set(names)].filter(
      (name) => !sizes.some(({ file }) => file === `${name}-${look}.png`),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(lacking).toEqual([]);
  });
});

describe('every page', () => {
  const pages = filesBelow('.', '.md').filter((file) => !/(^|\/)(node_modules|dist[^/]*|data)\//.test(file));

  test.each(pages)('%s leads nowhere that is not there', (path) => {
    expect(new DocPage(path).links().filter((to) => !existsSync(join(root, to)))).toEqual([]);
  });

  const published = pages.filter((path) => path.startsWith('modules/'));

  test.each(published)('%s leads to no page that is not in its package', (path) => {
    const home = path.split('/').slice(0, 2).join('/');
    expect(new DocPage(path).links().filter((to) => !to.startsWith(`${home}/`))).toEqual([]);
  });

  test.each(pages)('%s names no heading that is not there', (path) => {
    const lost = new DocPage(path)
      .headingLinks()
      .filter(([to, heading]) => !new DocPage(to).headingNames().includes(heading));
    expect(lost).toEqual([]);
  });
});

class NoSender extends SmsSender {
  send(): Promise<void> {
    return Promise.resolve();
  }
}

function source(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function tsBlocks(text: string): string[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)\n```$/gm)].map(([, code = '']) => code);
}

/** The lines between `// README: begin` and `// README: end`, without their common indent. */
function regions(file: string): string[] {
  const text = source(`test/foreign-host/host/${file}`);
  return [...text.matchAll(/^( *)\/\/ README: begin\n([\s\S]*?)\n *\/\/ README: end$/gm)].map(
    ([, indent = '', code = '']) => code.replace(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

function isAbstract(node: ts.Node): boolean {
  return (
    ts.isClassDeclaration(node) &&
    (node.modifiers ?? []).some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword)
  );
}
