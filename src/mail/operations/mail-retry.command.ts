import {
  CommandRefused,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { MailLedger } from './mail-ledger.js';

/** Has mails delivered that were given up, once what kept them back is mended. */
export const mailRetry: OperatorCommand = {
  name: 'mail:retry',
  summary: 'return a mail that was given up to the queue; without an id all of them',
  arguments: '[id]',
  async run(place, { arguments: [id] }): Promise<CommandAnswer> {
    const retried = await (await place.get(MailLedger)).retry(id);
    if (id !== undefined && retried === 0)
      throw new CommandRefused(`No mail with the id ${JSON.stringify(id)} was given up.`);
    const text = `Back in the queue: ${retried}. The running portal tries them within seconds.`;
    return { text, json: { retried } };
  },
};
