import { randomUUID } from 'node:crypto';
import type { Account } from './account.js';
import { DamagedFactor } from './errors.js';
import { AccountDirectory, type ProtectionFlag } from './ports/account-directory.js';
import { LoginSession, type CurrentSession, type HeldLogin } from './ports/login-session.js';
import { Mailer, type Notice } from './ports/mailer.js';
import { SecretBox, type KeyName, type SealLabel } from './ports/secret-box.js';

/** A host's accounts, and its marker of protected ones. */
export class Directory extends AccountDirectory {
  readonly accounts = new Map<string, Account>();
  readonly passwords = new Map<string, string>();
  /** Set: checks fail instead of answering. */
  broken: Error | null = null;
  /** The raised gates, each with its version. */
  readonly raised = new Map<string, number>();

  async find(id: string): Promise<Account | null> {
    return this.accounts.get(id) ?? null;
  }

  override async checkPassword(id: string, password: string): Promise<boolean> {
    if (this.broken) throw this.broken;
    return this.passwords.get(id) === password;
  }

  async protected(id: string, on: boolean, version: number): Promise<void> {
    const stored = this.raised.get(id) ?? 0;
    if (on) this.raised.set(id, Math.max(stored, version));
    else if (stored <= version) this.raised.delete(id);
  }

  async protection(id: string): Promise<ProtectionFlag | null> {
    const version = this.raised.get(id);
    return version === undefined ? null : { version };
  }
}

interface Parked {
  readonly id: string;
  readonly accountId: string;
  readonly key: string;
}

/** A host's sessions: what was held, and which sessions were ended. */
export class Sessions extends LoginSession {
  private readonly parked = new WeakMap<object, Parked>();
  private readonly signedIn = new WeakMap<object, CurrentSession>();
  readonly ended: { accountId: string; keepKey: string | null; version: number }[] = [];

  admit(request: object, session: CurrentSession): void {
    this.signedIn.set(request, session);
  }

  async current(request: object): Promise<CurrentSession | null> {
    return this.signedIn.get(request) ?? null;
  }

  async hold(request: object, { id, accountId }: HeldLogin): Promise<string> {
    const key = randomUUID();
    this.parked.set(request, { id, accountId, key });
    return key;
  }

  async held(request: object): Promise<Parked | null> {
    return this.parked.get(request) ?? null;
  }

  async complete(request: object) {
    this.parked.delete(request);
    return { status: 'signed-in', to: '/' } as const;
  }

  async endOthers(accountId: string, keepKey: string | null, version: number): Promise<void> {
    this.ended.push({ accountId, keepKey, version });
  }
}

/** Mails, one for each id, as a host's own mailer keeps them. */
export class Letterbox extends Mailer {
  private readonly kept = new Map<string, Notice & { readonly to: string }>();
  /** Thrown instead of taking a mail. */
  broken: Error | null = null;

  async send({ email }: Account, notice: Notice): Promise<void> {
    if (this.broken) throw this.broken;
    this.kept.set(notice.id, { ...notice, to: email });
  }

  /** What was mailed to somebody, in order. */
  mails({ email }: Account): Notice[] {
    return [...this.kept.values()].filter(({ to }) => to === email);
  }

  /** What was mailed to somebody last. */
  last(account: Account): Notice | undefined {
    return this.mails(account).at(-1);
  }

  /** The templates mailed to somebody, in order. */
  to({ email }: Account): string[] {
    return [...this.kept.values()].filter(({ to }) => to === email).map(({ template }) => template);
  }
}

/** Seals by writing the label in front; refuses what carries another label, or was cut. */
export class GlassBox extends SecretBox {
  readonly keys = [{ id: 'glass', front: 'glass/', fingerprint: 'none' }] as const;

  seal(plain: string, label: SealLabel): string {
    return `${nameOf(label)}\n${plain}`;
  }

  keyOf(sealed: string): KeyName | null {
    const [{ id, front }] = this.keys;
    return sealed.startsWith(front) ? { id, front } : null;
  }

  open(sealed: string, label: SealLabel): string {
    const front = `${nameOf(label)}\n`;
    if (!sealed.startsWith(front)) throw new DamagedFactor('The sealed text belongs to another row.');
    return sealed.slice(front.length);
  }
}

function nameOf({ purpose, accountId, id }: SealLabel): string {
  return ['glass', purpose, accountId, id].join('/');
}
