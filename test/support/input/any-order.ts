import { TwoFactor } from 'nestjs-two-factor';
import { codesOn, getsStarted, type Owner } from '../people/owner.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from '../people/visitor.js';

/** The number of the owner's browsers. */
export const browsers = 2;

/** The possible next actions, each in one of the browsers. */
export const flashes = [
  ...([
    'password',
    'password',
    'password',
    'rightCode',
    'rightCode',
    'rightCode',
    'usedCode',
    'wrongCode',
  ] as const),
  ...(['backupCode', 'spentBackupCode', 'signsOut', 'startsOver'] as const),
  ...(['confirms', 'disables', 'enrolls', 'isReset', 'passesElevenMinutes', 'passesAnHour'] as const),
];
type Deed = (typeof flashes)[number];

/** The most access that a browser may have. */
type Place = 'out' | 'pending' | 'in';

/** A password, a phone, backup codes, two browsers, and a model that says which of them may be signed in. */
export class Story {
  readonly visitors: Visitor[];
  readonly places: Place[] = Array<Place>(browsers).fill('out');
  isProtected = true;
  /** The number of sign-ins. A story without any would prove nothing. */
  entries = 0;
  /** A code that was accepted and is therefore used; a refused code may still be right. */
  private lastCode = '000000';
  private codes: string[];

  constructor(
    private readonly site: Portal,
    private readonly ann: Owner,
  ) {
    this.visitors = Array.from({ length: browsers }, () => site.visitor());
    this.codes = [...ann.codes];
  }

  private app = this.ann.app;

  async does(deed: Deed, at: number): Promise<void> {
    this.site.clock.passesSeconds(31);
    await this[deed](this.visitors[at]!, at);
  }

  private async password(visitor: Visitor, at: number): Promise<void> {
    const { email, password } = this.ann.person;
    const { status } = await visitor.asks('POST', '/login', { email, password });
    if (status === 200) this.places[at] = this.isProtected ? 'pending' : 'in';
  }

  private async rightCode(visitor: Visitor, at: number): Promise<void> {
    await this.answers(visitor, at, { kind: 'totp', code: this.app.code() });
  }

  private async usedCode(visitor: Visitor): Promise<void> {
    const { status } = await visitor.asks('POST', '/login/challenge', { kind: 'totp', code: this.lastCode });
    expect(status).not.toBe(200);
  }

  private async wrongCode(visitor: Visitor): Promise<void> {
    const { status } = await visitor.asks('POST', '/login/challenge', {
      kind: 'totp',
      code: this.app.code(500),
    });
    expect(status).not.toBe(200);
  }

  private async backupCode(visitor: Visitor, at: number): Promise<void> {
    await this.answers(visitor, at, { kind: 'backup-codes', code: this.codes[0] ?? 'AAAA-AAAA-AAAA-AAAA' });
  }

  private async spentBackupCode(visitor: Visitor): Promise<void> {
    if (this.codes.length === 10) return;
    const code = this.ann.codes[0];
    const { status } = await visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code });
    expect(status).not.toBe(200);
  }

  /** Only a pending login may be answered, and a right answer is used up. */
  private async answers(visitor: Visitor, at: number, answer: { kind: string; code: string }): Promise<void> {
    const { status } = await visitor.asks('POST', '/login/challenge', answer);
    if (status !== 200) return;
    expect([answer.kind, this.places[at], this.isProtected]).toEqual([answer.kind, 'pending', true]);
    if (answer.kind === 'backup-codes') this.codes.shift();
    else this.lastCode = answer.code;
    this.places[at] = 'in';
    this.entries += 1;
  }

  private async signsOut(visitor: Visitor, at: number): Promise<void> {
    await visitor.asks('POST', '/logout');
    if (this.places[at] === 'in') this.places[at] = 'out';
  }

  private async startsOver(visitor: Visitor, at: number): Promise<void> {
    await visitor.asks('POST', '/login/cancel');
    if (this.places[at] === 'pending') this.places[at] = 'out';
  }

  private async confirms(visitor: Visitor, at: number): Promise<void> {
    const answer = { password: this.ann.person.password, kind: 'totp', code: this.app.code() };
    const { status } = await visitor.asks('POST', '/account/confirm', answer);
    if (status !== 200) return;
    expect(this.places[at]).toBe('in');
    if (this.isProtected) this.lastCode = answer.code;
  }

  private async disables(visitor: Visitor, at: number): Promise<void> {
    const { status } = await visitor.asks('POST', '/account/security/two-factor/disable');
    if (status !== 200 || !this.isProtected) return;
    expect(this.places[at]).toBe('in');
    this.isProtected = false;
    this.leavesOnly(at);
  }

  private async enrolls(visitor: Visitor, at: number): Promise<void> {
    if (this.isProtected || this.places[at] !== 'in') return;
    const { body } = await visitor.asks('GET', '/account/security');
    if (body['enabled'] !== false) return;
    await visitor.goes('/account/security/two-factor/totp');
    if (visitor.page.address !== '/account/security/two-factor/totp') return;
    this.app = await getsStarted(this.site, visitor);
    const done = await visitor.submits({ code: this.app.code(), label: 'New phone' });
    this.codes = codesOn(done);
    expect(this.codes).toHaveLength(10);
    this.isProtected = true;
    this.leavesOnly(at);
  }

  private async isReset(): Promise<void> {
    const { id } = this.ann.person;
    await this.site.app.get(TwoFactor).reset(id, 'a story', { type: 'cli', id: 'root' });
    await this.site.settled();
    if (this.isProtected) this.leavesOnly(-1);
    this.isProtected = false;
  }

  private passesElevenMinutes(): Promise<void> {
    this.site.clock.passesMinutes(11);
    this.places.forEach((place, at) => place === 'pending' && (this.places[at] = 'out'));
    return Promise.resolve();
  }

  private passesAnHour(): Promise<void> {
    this.site.clock.passesMinutes(60);
    this.places.fill('out');
    return Promise.resolve();
  }

  private leavesOnly(at: number): void {
    this.places.forEach((_, each) => each !== at && (this.places[each] = 'out'));
  }

  /** Checks that no browser has more access than the model allows. */
  async holds(): Promise<void> {
    for (const [at, visitor] of this.visitors.entries()) {
      const { status } = await visitor.asks('GET', '/invoices');
      if (status === 200) expect([at, this.places[at]]).toEqual([at, 'in']);
      else expect(status).toBe(401);
    }
  }
}
