import { jest } from '@jest/globals';
import { program } from '../../../src/cli/program.js';
import type { OperatorCommand } from '../../../src/portal/modules/operator-command.js';
import { InstalledModules } from '../../../src/portal/modules/modules.js';
import { startupErrorMessage } from '../../../src/startup-errors.js';
import type { Portal } from './portal.js';

type Environment = Readonly<Record<string, string>>;

/** Runs an operator's command for this portal; returns its output, or the sentence of a refusal. */
export async function printed(
  portal: Portal,
  commands: readonly OperatorCommand[],
  words: readonly string[],
  env: Environment = {},
): Promise<string> {
  const { env: before, exitCode } = process;
  process.env = { ...before, ...environmentOf(portal), ...env };
  const print = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  try {
    await program(commands, portal.app.get(InstalledModules).list).parseAsync(words, { from: 'user' });
    return print.mock.calls.flat().join('\n');
  } catch (error) {
    return startupErrorMessage(error);
  } finally {
    print.mockRestore();
    process.env = before;
    process.exitCode = exitCode;
  }
}

function environmentOf({ config, databaseUrl }: Portal): Environment {
  return {
    PORTAL_DATA: config.dataFolder,
    DATABASE_URL: databaseUrl,
    PASSWORD_HASH: 'm=256,t=1,p=1',
    BACKUP_CODE_HASH: 'N=1024',
  };
}
