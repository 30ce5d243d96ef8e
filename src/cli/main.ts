import { gateLower } from '../auth/gates/gate-lower.command.js';
import { gateStatus } from '../auth/gates/gate-status.command.js';
import { mailRetry } from '../mail/operations/mail-retry.command.js';
import { mailStatus } from '../mail/operations/mail-status.command.js';
import { installedModules } from '../portal/modules/installed-modules.js';
import { startupErrorMessage } from '../startup-errors.js';
import { accountCreate } from './account-create.command.js';
import { migrateCommand } from './migrate.command.js';
import { program } from './program.js';

const commands = [
  accountCreate,
  migrateCommand(installedModules),
  mailStatus,
  mailRetry,
  gateStatus,
  gateLower,
  ...installedModules.flatMap((each) => each.commands ?? []),
];

try {
  await program(commands).parseAsync();
} catch (error) {
  console.error(startupErrorMessage(error));
  process.exitCode = 1;
}
