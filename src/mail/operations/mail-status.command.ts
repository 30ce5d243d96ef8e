import type { CommandAnswer, OperatorCommand } from '../../portal/modules/operator-command.js';
import { type MailCount, MailAdmin, type StuckMail } from './mail-admin.js';

/** Prints the state of the mail queue, and why mails are stuck. */
export const mailStatus: OperatorCommand = {
  name: 'mail:status',
  summary: 'show how many mails wait or were given up, since when, and why',
  async run(place): Promise<CommandAnswer> {
    const { waiting, givenUp, stuck } = await (await place.get(MailAdmin)).report();
    const text = [`Waiting: ${words(waiting)}`, `Given up: ${words(givenUp)}`, ...stuck.map(line)].join('\n');
    const json = { waiting: dated(waiting), givenUp: dated(givenUp), stuck: stuck.map(facts) };
    return { text, json };
  },
};

function words({ count, oldest }: MailCount): string {
  return oldest === null ? 'none' : `${count}, the oldest of ${timeText(oldest)}`;
}

function line({ id, view, recipient, state, tries, fault }: StuckMail): string {
  return `  ${id} ${view} to ${recipient}, ${state}, tries ${tries}: ${fault ?? 'no reason'}`;
}

function dated({ count, oldest }: MailCount) {
  return { count, oldest: oldest === null ? null : timeText(oldest) };
}

function facts({ recipient, createdAt, ...mail }: StuckMail) {
  return { ...mail, to: recipient, createdAt: timeText(createdAt) };
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
