import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateLower } from '../../src/auth/gates/gate-lower.command.js';
import { gateStatus } from '../../src/auth/gates/gate-status.command.js';
import { accountCreate } from '../../src/cli/account-create.command.js';
import { migrateCommand } from '../../src/cli/migrate.command.js';
import { mailRetry } from '../../src/mail/operations/mail-retry.command.js';
import { mailStatus } from '../../src/mail/operations/mail-status.command.js';
import { installedModules } from '../../src/portal/modules/installed-modules.js';
import { DocPage, filesBelow, root } from './support/doc-page.js';

const page = new DocPage('docs/troubleshooting.md');
const rows = page.table('Troubleshooting');

const commands = [
  accountCreate,
  migrateCommand(installedModules),
  ...[mailStatus, mailRetry, gateStatus, gateLower],
  ...installedModules.flatMap((each) => each.commands ?? []),
];

/** The texts of all pages in English, and the code that writes the log. */
function spokenTexts(): string {
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const messages = ['messages/en.json', 'modules/two-factor/messages/en.json'].map(read);
  const code = ['src', 'modules/two-factor/src'].flatMap((folder) =>
    filesBelow(folder, '.ts').map((file) => read(join(folder, file))),
  );
  return [...messages, ...code].join('\n');
}

describe('troubleshooting.md', () => {
  test('every row has a symptom, a cause and a command, and there are at least fifteen', () => {
    expect(rows.length).toBeGreaterThanOrEqual(15);
    expect(rows.filter((row) => row.length !== 3 || row.includes(''))).toEqual([]);
  });

  test('no quoted text differs from the one that the portal writes', () => {
    const quoted = rows.flatMap(([symptom = '']) =>
      [...symptom.matchAll(/“([^”]+)”/g)].map(([, text = '']) => text),
    );
    const spoken = spokenTexts();
    expect(quoted.length).toBeGreaterThan(10);
    expect(quoted.filter((text) => !spoken.includes(text))).toEqual([]);
  });

  test('no command is made up, and none lacks an option that it requires', () => {
    const named = rows.flatMap(([, , command = '']) =>
      [...command.matchAll(/`?([a-z-]+:[a-z]+|migrate)((?: [^`;,]+)?)/g)].map(([, name = '', rest = '']) => [
        name,
        rest,
      ]),
    );
    expect(named.length).toBeGreaterThan(12);
    for (const [name, rest = ''] of named) {
      const command = commands.find((each) => each.name === name);
      const required = (command?.options ?? []).filter((option) => option.required);
      const lacking = required.filter(({ flags }) => !rest.includes(flags.split(' ')[0] ?? ''));
      expect([name, command?.name, lacking]).toEqual([name, name, []]);
    }
  });
});
