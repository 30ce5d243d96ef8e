import type { BrowserUser } from '../browser-user.js';
import type { Shown, Walker } from './walk.js';

/** What shows the agent's codes. */
interface Codes {
  code(): string;
}

/** The stopwatch of a call: what the agent clicks, types, and waits for. */
export class Stopwatch {
  clicks = 0;
  typed = 0;
  private readonly start = performance.now();

  constructor(private readonly user: BrowserUser) {}

  async clicksOn(words: string): Promise<void> {
    this.clicks += 1;
    await this.user.clicks(words);
  }

  async types(label: string, text: string): Promise<void> {
    this.typed += 1;
    await this.user.writes(label, text);
  }

  async ticks(label: string): Promise<void> {
    this.clicks += 1;
    await this.user.page.getByLabel(label, { exact: true }).check();
  }

  /** "Confirm it's you" of an act. */
  async confirms(agent: Walker['person'], phone: Codes): Promise<void> {
    await this.user.waits(30);
    await this.types('Password', agent.password);
    await this.types('Security code', phone.code());
    await this.clicksOn('Confirm');
  }

  /** The seconds of the browser so far; a person reads and speaks besides. */
  get seconds(): number {
    return Math.round((performance.now() - this.start) / 1000);
  }
}

/** The agent verifies the caller: from the client's page to the three words. */
export async function startsCallerCheck(
  watch: Stopwatch,
  { agent, phone }: { agent: Walker; phone: Codes },
  shown: Shown,
): Promise<readonly string[]> {
  await watch.clicksOn('Verify caller');
  await watch.types('Reason', 'says the phone is lost');
  await watch.clicksOn('Verify caller');
  await watch.confirms(agent.person, phone);
  await shown('staff-caller-words');
  return agent.user.page.locator('[data-words] li').allTextContents();
}

/** The customer compares the words, and confirms with a backup code. */
export async function confirmsCall({ user }: Walker, code: string, shown: Shown): Promise<readonly string[]> {
  await user.goes('/account/verify-caller?kind=backup-codes');
  await shown('verify-caller');
  const words = await user.page.locator('[data-words] li').allTextContents();
  await user.answers('Backup code', code, 'Yes, I am on the phone with this person');
  await user.page.getByText('sees now that it is you').waitFor();
  await shown('verify-caller-done');
  return words;
}

/** Nothing is left but the password: the customer asks for recovery. */
export async function asksForRecovery({ user, person }: Walker, shown: Shown): Promise<void> {
  await user.signsIn(person);
  await user.clicks('I can’t use any of these');
  await shown('recovery-ask');
  await user.clicks('Ask for recovery');
  await user.page.getByText('You asked for recovery on').waitFor();
  await shown('recovery-open');
}

/** The agent finds the case, ticks the whole list, and approves. */
export async function approvesCase(
  watch: Stopwatch,
  { agent, phone, email }: { agent: Walker; phone: Codes; email: string },
  shown: Shown,
): Promise<void> {
  await watch.clicksOn('Recovery');
  await shown('staff-recovery');
  await watch.clicksOn(email);
  await shown('staff-recovery-case');
  await watch.ticks('Knows the number of an invoice');
  await watch.ticks('Knows date and amount of the last payment');
  await watch.ticks('Answered our call to the number on file');
  await watch.ticks('Showed the photo id that we have on file');
  await watch.types('Reason', 'called the number on file');
  await watch.clicksOn('Save and approve');
  await watch.confirms(agent.person, phone);
  await agent.user.page.getByText('Your approval is saved.').waitFor();
  await shown('staff-recovery-approved');
}

/** After the wait: password, a new phone, signed in. */
export async function comesBack({ user, person }: Walker, shown: Shown): Promise<void> {
  await user.signsIn(person);
  await shown('recovery-set-up');
  await user.clicks('Get Started');
  const phone = await user.scans();
  await user.answers('Verification Step', phone.code(), 'Enable');
  await user.page.getByText('backup codes', { exact: false }).first().waitFor();
}

/** "Who is calling?" without an agent, denied, and answered too late. `starts`: an agent begins a check. */
export async function walksThroughCallerPages(
  { user }: Walker,
  starts: () => Promise<unknown>,
  shown: Shown,
): Promise<void> {
  await user.goes('/account/verify-caller');
  await shown('verify-caller-none');
  await starts();
  await user.goes('/account/verify-caller');
  await starts();
  await user.clicks('I am not on the phone with anybody');
  await shown('verify-caller-ended');
  await user.clicks('Look again');
  await user.clicks('I am not on the phone with anybody');
  await shown('verify-caller-denied');
}

/** An open case: on every page, on its own page, and stopped by the link of the mail. */
export async function walksThroughOwnCase({ user }: Walker, link: string, shown: Shown): Promise<void> {
  await user.goes('/');
  await shown('home-recovery');
  await user.clicks('See it, and stop it');
  await shown('recovery-own');
  await user.goes(link);
  await shown('recovery-cancel');
  await user.clicks('Stop the recovery');
  await shown('recovery-cancelled');
  await user.goes(link);
  await shown('recovery-cancel-ended');
}

/** The phone is in the repair shop: the agent makes a code for one sign-in. Returns it. */
export async function handsOutCode(
  { agent, phone }: { agent: Walker; phone: Codes },
  client: string,
  shown: Shown,
): Promise<string> {
  const { user, person } = agent;
  await user.goes(`/staff/clients/${client}/two-factor/reset`);
  await user.writes('Reason', 'The phone is in the repair shop.');
  await user.clicks('Make a code for one sign-in');
  await user.waits(30);
  await user.writes('Password', person.password);
  await user.answers('Security code', phone.code(), 'Confirm');
  const code = await user.page.locator('[data-one-time-code]').textContent();
  await shown('staff-one-time-code');
  return code ?? '';
}

/** The customer signs in with the code that the agent read out. */
export async function signsInByCode({ user, person }: Walker, code: string, shown: Shown): Promise<void> {
  await user.signsIn(person);
  await shown('help-desk-code');
  await user.answers('Code from our help desk', code);
  await user.page.getByText('You signed in with a code from our help desk').first().waitFor();
  await shown('help-desk-code-used');
}
