import { Command } from 'commander';
import { installedModules } from '../portal/modules/installed-modules.js';
import type { CommandAnswer, OperatorCommand } from '../portal/modules/operator-command.js';
import type { PortalModule } from '../portal/modules/portal-module.js';
import { CommandContext } from './command-context.js';

/** Builds the command line from these commands, in a portal with these modules. Every command supports `--json` and `--help`. */
export function program(
  commands: readonly OperatorCommand[],
  modules: readonly PortalModule[] = installedModules,
): Command {
  const root = new Command('portal').description("The operators' command line of the portal.");
  root.configureHelp({ showGlobalOptions: true }).showHelpAfterError();
  for (const each of commands) root.addCommand(built(each, modules));
  return root;
}

function built(command: OperatorCommand, modules: readonly PortalModule[]): Command {
  const made = new Command(command.name).description(command.summary);
  if (command.arguments !== undefined) made.arguments(command.arguments);
  for (const { flags, summary, required } of command.options ?? [])
    if (required) made.requiredOption(flags, summary);
    else made.option(flags, summary);
  made.option('--json', 'answer in JSON');
  return made.action(() => perform(command, made, new CommandContext(modules)));
}

async function perform(command: OperatorCommand, called: Command, rooms: CommandContext): Promise<void> {
  try {
    const options: Readonly<Record<string, unknown>> = called.opts();
    const answer = await command.run(rooms, { arguments: called.args, options });
    console.log(options['json'] === true ? JSON.stringify(answer.json) : answer.text);
    process.exitCode = exitCodeOf(answer);
  } finally {
    await rooms.close();
  }
}

function exitCodeOf({ failed = false }: CommandAnswer): number {
  return failed ? 1 : 0;
}
