import { Injectable } from '@nestjs/common';
import { type Account, Mailer, type Notice, TwoFactor } from 'nestjs-two-factor';
import type { ForeignHost, Member } from './foreign-host.js';

/** The public address of a host, which its mails link to. */
export const site = 'https://portal.example';

const letters: { readonly to: string; readonly template: string; readonly stop: unknown }[] = [];

/** Writes down which notices members are sent, with their links “This wasn’t me”. */
@Injectable()
export class LetterBook extends Mailer {
  async send({ email }: Account, { template, model }: Notice): Promise<void> {
    letters.push({ to: email, template, stop: model['stop'] });
  }
}

/** The path of the link in the newest mail of this template. */
export async function linkIn(host: ForeignHost, { email }: Member, template: string): Promise<string> {
  await host.get(TwoFactor).settled();
  const stop = letters.findLast((letter) => letter.to === email && letter.template === template)?.stop;
  if (typeof stop !== 'string' || !stop.startsWith(`${site}/security/stop/`))
    throw new Error(`No link came in ${template}: ${String(stop)}`);
  return stop.slice(site.length);
}
