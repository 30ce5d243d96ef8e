import { Person } from '../fixtures/person.fixture.js';
import { TestHost } from '../fixtures/test-host.fixture.js';
import { defaultChecklist } from '../recovery-cases/recovery-policy.js';

/** Agents of the desk. */
export const sam = { id: 'sam', name: 'Sam Support' };
export const kim = { id: 'kim', name: 'Kim Desk' };
/** The whole checklist. */
export const all = defaultChecklist;

/** A desk with one owner who has lost everything but the password. */
export class Desk {
  host: TestHost;
  ann: Person;

  async opens(agents = 1, options: { skips?: boolean } = {}): Promise<void> {
    const skips = options.skips ? [{ name: 'friday', applies: async () => true }] : [];
    this.host = new TestHost({ skips, recovery: { waitHours: 72, agents, checklist: all } });
    this.ann = await Person.protectedBy(this.host);
  }

  async owner() {
    return { account: this.ann.account, accountState: await this.ann.accountState() };
  }

  async asks() {
    return this.host.recovery.request(await this.owner(), this.ann.origin);
  }

  async outlook() {
    return this.host.recovery.outlook(await this.owner());
  }

  async id(): Promise<string> {
    return (await this.host.stores.recoveryCases.ofAccount(this.ann.id))?.id ?? 'none';
  }

  async view() {
    return this.host.recoveryDesk.find({ id: await this.id() });
  }

  async ticks(checks: readonly string[] = all, agent = sam) {
    return this.host.recoveryDesk.tick({ id: await this.id(), agent, checks });
  }

  async approves(agent = sam) {
    return this.host.recoveryDesk.approve({ id: await this.id(), agent });
  }

  /** The secret in the link of the last mail about the case. */
  link(): string {
    const mail = this.host.letterbox
      .mails(this.ann.account)
      .find(({ template }) => template === 'recovery-requested');
    return String(mail?.model['cancel']).replace('https://portal.example/cancel/', '');
  }

  async names(): Promise<string[]> {
    const told = await this.host.eventNamesOf(this.ann.id);
    return told.filter((name) => name.startsWith('recovery.')).map((name) => name.slice(9));
  }

  async mails(): Promise<string[]> {
    await this.host.outboxRelay.settled();
    return this.host.letterbox.to(this.ann.account).filter((template) => template.startsWith('recovery-'));
  }
}
