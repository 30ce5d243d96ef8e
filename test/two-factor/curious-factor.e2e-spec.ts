import { HttpSmsSender, smsCode } from 'nestjs-two-factor-sms';
import { factors } from '../../src/two-factor/factors.js';
import { twoFactorWith } from '../../src/two-factor/two-factor.portal-module.js';
import { answerRoutes, AnswersWalk } from '../support/input/answers-walk.js';
import { Curiosity, type Glimpse } from '../support/input/curiosity.js';
import { SmsGateway } from '../support/network/sms-gateway.js';
import { portal, type Portal } from '../support/portal/portal.js';

/** Of every kind, the fields of its own form. */
const forms: Readonly<Record<string, readonly string[]>> = {
  totp: ['code'],
  'backup-codes': ['code'],
  'email-code': ['code'],
  webauthn: ['response'],
};

describe('a factor that looks at everything it is given', () => {
  const curiosity = new Curiosity();
  let site: Portal;
  let walk: AnswersWalk;
  let password: string;
  beforeAll(async () => {
    const kinds = factors.map((factor) => curiosity.over(factor));
    const env = { PASSKEY_SIGN_IN: 'everyone', MAILED_CODES: 'on', REQUIRE_TWO_FACTOR: 'everyone' };
    site = await portal({ modules: [twoFactorWith(kinds)], env });
    const ann = await site.account('Ann');
    ({ password } = ann);
    walk = new AnswersWalk(site, curiosity, ann);
    await walk.goes();
  });
  afterAll(() => site.close());

  it('is asked on every route that takes an answer, page and program', () => {
    const judged = ['verify', 'finishEnrollment'].flatMap((method) => curiosity.of(method));
    const asked = new Set(judged.map(({ route }) => route));
    const wanted = answerRoutes.flatMap(({ name }) => [`${name} json`, `${name} html`]);
    expect(wanted.length).toBe(14);
    expect([...asked].sort()).toEqual(wanted.sort());
  });

  it('sees the fields of its own form in an answer, and none besides', () => {
    const answers = [
      ...curiosity.of('verify').map((glimpse) => ({ glimpse, proof: glimpse.given[1] })),
      ...curiosity.of('finishEnrollment').map((glimpse) => ({ glimpse, proof: glimpse.given[1] })),
      ...curiosity.of('passwordless.ownerOf').map((glimpse) => ({ glimpse, proof: glimpse.given[0] })),
    ];
    expect(answers.length).toBeGreaterThan(12);
    for (const { glimpse, proof } of answers)
      expect([named(glimpse), Reflect.ownKeys(proof as object)]).toEqual([
        named(glimpse),
        forms[glimpse.kind],
      ]);
  });

  it('never sees the password, the form token, or where its owner wants to go', () => {
    expect(walk.tokens.size).toBeGreaterThan(2);
    for (const hidden of [password, ...walk.tokens, 'the-way-back', 'trustDevice', '_csrf', 'returnTo'])
      expect(curiosity.glimpses.filter(({ text }) => text.includes(hidden)).map(named)).toEqual([]);
  });

  it("is asked to recognise only texts of its own form's fields", () => {
    const foreign = curiosity
      .of('matches')
      .filter(({ kind, text }) => kind !== 'webauthn' && /["{]id/.test(text));
    expect(foreign.map(named)).toEqual([]);
    const shown = curiosity.of('matches').filter(({ kind }) => kind === 'webauthn');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter(({ given }) => given[0] === '000000').map(named)).toEqual([]);
  });

  it('sees of an account its id, label, e-mail address and whether it is staff', () => {
    const methods = ['beginEnrollment', 'showDraft', 'prompt', 'issue'];
    const accounts = methods.flatMap((method) => curiosity.of(method));
    expect(new Set(accounts.map(({ method }) => method)).size).toBe(methods.length);
    for (const glimpse of accounts)
      expect([named(glimpse), Object.keys(glimpse.given[0] as object)]).toEqual([
        named(glimpse),
        ['id', 'label', 'email', 'staff'],
      ]);
  });
});

describe('a factor with a set-up form that looks at everything it is given', () => {
  const curiosity = new Curiosity();
  let site: Portal;
  let gateway: SmsGateway;
  beforeAll(async () => {
    gateway = await SmsGateway.opens();
    const sender = new HttpSmsSender({ url: gateway.url, token: 'a-token' });
    const sms = curiosity.over(smsCode({ sender, passwordReset: 'never-by-phone' }));
    const env = { REQUIRE_TWO_FACTOR: 'everyone' };
    site = await portal({ modules: [twoFactorWith([...factors, sms])], env });
  });
  afterAll(async () => {
    await site.close();
    gateway.closes();
  });

  const room = '/account/security/two-factor';

  it('sees the fields of that form at every start of a set-up, and those of its answer afterwards', async () => {
    const { email, password } = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.asks('POST', '/login', { email, password });
    const sets = async (place: string, number: string, returnTo = {}) => {
      curiosity.route = place;
      const begun = await visitor.asks('POST', `${place}/sms-code/setup`, { ...returnTo, number });
      const code = gateway.codeTo(number);
      const done = await visitor.asks('POST', `${place}/sms-code/confirm`, { code, label: 'The name of it' });
      expect([place, begun.status, done.status]).toEqual([place, 200, 200]);
    };
    await sets('/login/enrol', '+4917112345101');
    site.clock.passesMinutes(2);
    await visitor.asks('POST', '/account/confirm/resend', { kind: 'sms-code' });
    const code = gateway.codeTo('+4917112345101');
    await visitor.asks('POST', '/account/confirm', { password, kind: 'sms-code', code });
    site.clock.passesMinutes(2);
    await sets(room, '+4917112345102', { returnTo: '/tickets?wanted=the-way-back' });
    expect(curiosity.of('beginEnrollment').map(({ route, given }) => [route, given[2]])).toEqual([
      ['/login/enrol', { number: '+4917112345101' }],
      [room, { number: '+4917112345102' }],
    ]);
    const proofs = [...curiosity.of('verify'), ...curiosity.of('finishEnrollment')];
    expect(proofs.length).toBeGreaterThan(1);
    for (const { given } of proofs) expect(Reflect.ownKeys(given[1] as object)).toEqual(['code']);
    for (const hidden of [password, 'the-way-back', 'returnTo'])
      expect(curiosity.glimpses.filter(({ text }) => text.includes(hidden)).map(named)).toEqual([]);
  });
});

function named({ route, kind, method }: Glimpse): string {
  return `${route}: ${kind}.${method}`;
}
