import {
  CommandError,
  type CommandAnswer,
  type OperatorCommand,
} from '../../portal/modules/operator-command.js';
import { MailAdmin } from './mail-admin.js';

/** Retries mails that were given up, after the operator has removed the cause. */
export const mailRetry: OperatorCommand = {
  name: 'mail:retry',
  summary: 'return a mail that was given up to the queue; without an id all of them',
  arguments: '[id]',
  async run(place, { arguments: [id] }): Promise<CommandAnswer> {
    const retried = await (await place.get(MailAdmin)).retry(id);
    if (id !== undefined && retried === 0)
      throw new CommandError(`No mail with the id ${JSON.stringify(id)} was given up.`);
    const text = `Back in the queue: ${retried}. The running portal tries them within seconds.`;
    return { text, json: { retried } };
  },
};
