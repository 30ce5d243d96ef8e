import { TwoFactor } from 'nestjs-two-factor';
import { SoftPasskey } from 'nestjs-two-factor/testing';
import { DocPage } from '../../docs/support/doc-page.js';
import type { Person } from '../people/accounts.js';
import type { AuthenticatorApp } from '../people/authenticator-app.js';
import type { Curiosity } from './curiosity.js';
import { askedIn, askedOn, originOf } from '../people/key-owner.js';
import { newestCode } from '../people/mail-reader.js';
import { scans } from '../people/owner.js';
import type { Portal } from '../portal/portal.js';
import type { Visitor } from '../people/visitor.js';

/** The package's routes that take an answer, and the fields of each. */
export const answerRoutes = new DocPage('modules/two-factor/docs/http.md')
  .table('Routes')
  .map(([method, path = '', , , , fields = '']) => ({
    name: `${method} ${path}`,
    fields: fields.replaceAll('`', '').split(', '),
  }))
  .filter(({ fields }) => fields.includes('code'));

/** Further fields in requests with an answer. */
const beside = { returnTo: '/tickets?wanted=the-way-back', label: 'The name of it', trustDevice: 'on' };

/** An answer that no kind accepts, in both fields. */
const junk = { kind: 'totp', code: '000000', response: '{"id":"not of this form"}' };

/** A route as it is listed, and its address here. */
type Place = readonly [string, string];
type Shape = 'json' | 'html';
type Asked = Parameters<SoftPasskey['answers']>[0];

const room = '/account/security/two-factor';
const challenge: Place = ['POST /login/challenge', '/login/challenge'];
const confirm: Place = ['POST /account/confirm', '/account/confirm'];
const setUp = (kind: string): Place => [`POST ${room}/:kind/confirm`, `${room}/${kind}/confirm`];
const required: Place = ['POST /login/enrol/:kind/confirm', '/login/enrol/totp/confirm'];
const alone: Place = ['POST /login/passwordless', '/login/passwordless'];
const verifyCaller: Place = ['POST /account/verify-caller', '/account/verify-caller'];
const checkUp: Place = ['POST /account/check-up', '/account/check-up'];

/** Calls every route that accepts an answer, as a page and as a program, with wrong and right answers. */
export class AnswersWalk {
  /** The form tokens that were sent. */
  readonly tokens = new Set<string>();
  private readonly key = new SoftPasskey();
  private app: AuthenticatorApp;

  constructor(
    private readonly site: Portal,
    private readonly curiosity: Curiosity,
    private readonly person: Person,
  ) {}

  async goes(): Promise<void> {
    await this.setsUpBecauseItMust();
    const visitor = await this.answers();
    await this.answersDesk(visitor);
    await this.setsUpMore(visitor);
    await this.answersOtherwise();
    for (const shape of ['json', 'html'] as const) await this.signsInAlone(shape);
  }

  private async setsUpBecauseItMust(): Promise<void> {
    const visitor = this.site.visitor();
    await visitor.signsIn(this.person);
    await visitor.presses('/login/enrol/totp/setup');
    this.app = scans(this.site, visitor.page);
    for (const shape of ['json', 'html'] as const)
      await this.sends(visitor, required, { code: '000000' }, shape);
    await this.passes(visitor, required, { code: this.app.code() }, 'json');
  }

  private async answers(): Promise<Visitor> {
    const visitor = this.site.visitor();
    await visitor.signsIn(this.person);
    await this.sends(visitor, challenge, junk, 'json');
    await this.passes(visitor, challenge, { ...junk, code: this.app.code() }, 'html');
    return visitor;
  }

  private async answersDesk(visitor: Visitor): Promise<void> {
    const agent = { id: 'sam', name: 'Sam' };
    const started = { accountId: this.person.id, agent };
    await this.site.app.get(TwoFactor, { strict: false }).callerCheck.start(started);
    const { body } = await visitor.asks('GET', verifyCaller[1]);
    const [check] = body['checks'] as { id: string }[];
    const wrong = { kind: 'totp', code: '000000', check: check!.id };
    await visitor.goes('/account/confirm');
    // After three wrong codes in a row a check-up judges none.
    for (const place of [checkUp, verifyCaller])
      for (const shape of ['json', 'html'] as const) await this.sends(visitor, place, wrong, shape);
    await this.passes(visitor, verifyCaller, { ...wrong, code: this.app.code() }, 'json');
  }

  private async setsUpMore(visitor: Visitor): Promise<void> {
    await visitor.goes('/account/confirm');
    await this.sends(visitor, confirm, junk, 'json');
    await this.passes(visitor, confirm, { ...junk, code: this.app.code() }, 'html');
    await visitor.goes(`${room}/email-code`);
    await visitor.presses(`${room}/email-code/setup`);
    await this.passes(visitor, setUp('email-code'), { code: await this.mailed() }, 'html');
    // Every change of factors needs a new step-up.
    await this.passes(visitor, confirm, { ...junk, code: this.app.code() }, 'json');
    await visitor.goes(`${room}/webauthn`);
    await visitor.presses(`${room}/webauthn/setup`);
    const response = this.key.registers(askedOn(visitor), originOf(this.site));
    await this.passes(visitor, setUp('webauthn'), { response }, 'json');
    await this.site.settled();
  }

  private async answersOtherwise(): Promise<void> {
    const byMail = this.site.visitor();
    this.site.clock.passesMinutes(2);
    await byMail.signsIn(this.person);
    await byMail.asks('POST', '/login/challenge/resend', { kind: 'email-code' });
    const mailed = { kind: 'email-code', code: await this.mailed(), response: '{}' };
    await this.passes(byMail, challenge, mailed, 'json');
    const byKey = this.site.visitor();
    await byKey.signsIn(this.person);
    const asked = askedIn(await byKey.asks('GET', '/login/challenge?kind=webauthn'));
    const response = this.key.answers(asked, originOf(this.site));
    await this.passes(byKey, challenge, { kind: 'webauthn', code: '{"not":"mine"}', response }, 'html');
  }

  private async signsInAlone(shape: Shape): Promise<void> {
    const visitor = this.site.visitor();
    await visitor.goes('/login');
    const { body } = await visitor.asks('GET', '/login/passwordless');
    const response = this.key.answers(body['publicKey'] as Asked, originOf(this.site));
    await this.passes(visitor, alone, { code: '000000', response }, shape);
  }

  private mailed(): Promise<string> {
    return newestCode(this.site, this.person);
  }

  /** Sends an answer that is accepted, half a minute later, so that the next code is another one. */
  private async passes(...[visitor, place, answer, shape]: Parameters<AnswersWalk['sends']>): Promise<void> {
    const status = await this.sends(visitor, place, answer, shape);
    if (status >= 400) throw new Error(`${place[0]} (${shape}) did not take a right answer: ${status}`);
    this.site.clock.passesSeconds(31);
  }

  /** Sends an answer with every other field of its route. Returns the status. */
  private async sends(
    visitor: Visitor,
    [name, path]: Place,
    answer: Readonly<Record<string, string>>,
    shape: Shape,
  ): Promise<number> {
    const { fields } = answerRoutes.find((route) => route.name === name)!;
    const all = { ...{ password: this.person.password }, ...beside, ...answer };
    const sent = Object.entries(all).filter(([field]) => fields.includes(field));
    this.curiosity.route = `${name} ${shape}`;
    if (shape === 'json') return (await visitor.asks('POST', path, Object.fromEntries(sent))).status;
    const token = visitor.page.attribute('input[name="_csrf"]', 'value') ?? '';
    this.tokens.add(token);
    const body = new URLSearchParams([...sent, ['_csrf', token]]);
    const headers = { Accept: 'text/html', 'Sec-Fetch-Site': 'same-origin' };
    const page = await visitor.sends(path, { method: 'POST', headers, body });
    await page.arrayBuffer();
    return page.status;
  }
}
