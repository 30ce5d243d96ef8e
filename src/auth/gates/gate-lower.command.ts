import { accountByEmail } from '../../accounts/account-by-email.js';
import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { operator, reasonOf } from '../../portal/modules/operator.js';
import { GateAdmin } from './gate-admin.js';

/** Lets accounts sign in although their gate is not installed. The change is audited, and each owner gets a mail. */
export const gateLower: OperatorCommand = {
  name: 'gate:lower',
  summary: 'let accounts sign in without a gate that is not installed; each owner is mailed',
  arguments: '<gate>',
  options: [
    { flags: '--account <email>', summary: 'one account' },
    { flags: '--all', summary: 'every account for which it is raised' },
    { flags: '--reason <text>', summary: 'why; kept in the audit', required: true },
  ],
  async run(place, { arguments: [gate = ''], options }): Promise<CommandAnswer> {
    const email = options['account'];
    if ((typeof email === 'string') === (options['all'] === true))
      throw new CommandError('Name one account with --account EMAIL, or all with --all.');
    const lowering = { reason: reasonOf(options['reason']), actor: operator() };
    const ledger = await place.get(GateAdmin);
    await refuseUnlessMissing(ledger, gate);
    if (typeof email !== 'string') return answer(gate, await ledger.clearAll(gate, lowering));
    const account = await accountByEmail(place, email);
    return answer(gate, (await ledger.clear(account.id, gate, lowering)) ? 1 : 0);
  },
};

/**
 * While the gate is installed, clearing a flag does not skip it; but the flag would be missing when the gate is removed later.
 */
async function refuseUnlessMissing(ledger: GateAdmin, gate: string): Promise<void> {
  const state = (await ledger.states()).find((each) => each.gate === gate);
  if (!state) throw new CommandError(`There is no gate ${JSON.stringify(gate)}: see gate:status.`);
  if (state.installed)
    throw new CommandError(
      `The gate ${gate} is installed, so its module asks at every sign-in. Turn the protection off in the module.`,
    );
}

function answer(gate: string, lowered: number): CommandAnswer {
  const text = `Lowered ${gate} for ${lowered}. ${lowered === 0 ? 'It was not raised.' : 'The owners get a mail.'}`;
  return { text, json: { gate, lowered } };
}
