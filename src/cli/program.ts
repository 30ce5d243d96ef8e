import { Command } from 'commander';
import type { OperatorCommand } from '../portal/operator-command.js';
import { Rooms } from './rooms.js';

/** The command line made of these commands. `--json` and `--help` work with each. */
export function program(commands: readonly OperatorCommand[]): Command {
  const root = new Command('portal').description("The operators' command line of the portal.");
  root.configureHelp({ showGlobalOptions: true }).showHelpAfterError();
  for (const each of commands) root.addCommand(built(each));
  return root;
}

function built(command: OperatorCommand): Command {
  const made = new Command(command.name).description(command.summary);
  if (command.arguments !== undefined) made.arguments(command.arguments);
  for (const { flags, summary, required } of command.options ?? [])
    if (required) made.requiredOption(flags, summary);
    else made.option(flags, summary);
  made.option('--json', 'answer in JSON');
  return made.action(() => perform(command, made));
}

async function perform(command: OperatorCommand, called: Command): Promise<void> {
  const rooms = new Rooms();
  try {
    const options: Readonly<Record<string, unknown>> = called.opts();
    const { text, json } = await command.run(rooms, { arguments: called.args, options });
    console.log(options['json'] === true ? JSON.stringify(json) : text);
  } finally {
    await rooms.close();
  }
}
