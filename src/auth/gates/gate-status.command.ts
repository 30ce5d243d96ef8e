import type { CommandAnswer, OperatorCommand } from '../../portal/modules/operator-command.js';
import { GateAdmin, type GateState } from './gate-admin.js';

/** Prints the gates, and how many accounts must pass each. */
export const gateStatus: OperatorCommand = {
  name: 'gate:status',
  summary: 'show the gates that protect accounts, whether they are installed, and how many accounts',
  async run(place): Promise<CommandAnswer> {
    const gates = await (await place.get(GateAdmin)).states();
    return { text: gates.map(line).join('\n') || 'There are no gates.', json: { gates } };
  },
};

function line({ gate, installed, raised }: GateState): string {
  if (installed) return `${gate}: installed, raised for ${raised}`;
  return `${gate}: NOT installed, raised for ${raised}, who cannot sign in`;
}
