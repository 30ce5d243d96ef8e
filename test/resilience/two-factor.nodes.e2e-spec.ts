import { SystemClock } from '../../src/clock.js';
import { AuthenticatorApp } from '../support/people/authenticator-app.js';
import type { Person } from '../support/people/accounts.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { Nodes } from '../support/portal/nodes.js';
import { buildPortal } from '../support/portal/portal-process.js';
import type { JsonAnswer, Visitor } from '../support/people/visitor.js';

/** Building and starting real processes takes longer than other stories. Milliseconds. */
const patience = 300_000;
/** How many requests at the same instant. */
const crowd = 50;
/** How often; more where somebody has the time. */
const rounds = Number(process.env['RACE_ROUNDS'] ?? 1);

const room = '/account/security/two-factor';
const phone = new SystemClock();

/** A person with two-factor, in the browser of the set-up. */
interface EnrollmentVerdict {
  readonly person: Person;
  readonly visitor: Visitor;
  readonly app: AuthenticatorApp;
  readonly codes: readonly string[];
}

forEachDatabase('at the same instant on every node over', (kind) => {
  let nodes: Nodes;
  let next = 0;
  beforeAll(buildPortal, patience);
  beforeAll(async () => {
    nodes = await Nodes.start(kind, 6 * rounds);
  }, patience);
  afterAll(() => nodes.stop());

  async function signedIn(): Promise<{ person: Person; visitor: Visitor }> {
    const person = nodes.people[next++]!;
    const visitor = nodes.visitor();
    await visitor.asks('POST', '/login', credentials(person));
    return { person, visitor };
  }

  async function enrolled(): Promise<EnrollmentVerdict> {
    const { person, visitor } = await signedIn();
    const app = await begins(visitor);
    const { body } = await visitor.asks('POST', `${room}/totp/confirm`, {
      code: app.code(-1),
      label: 'Phone',
    });
    return { person, visitor, app, codes: body['backupCodes'] as string[] };
  }

  async function pendingLogins(person: Person): Promise<Visitor[]> {
    const visitors = Array.from({ length: crowd }, () => nodes.visitor());
    await Promise.all(visitors.map((visitor) => visitor.asks('POST', '/login', credentials(person))));
    return visitors;
  }

  const inside = async (visitors: readonly Visitor[]): Promise<number> => {
    const seen = await Promise.all(visitors.map((visitor) => visitor.asks('GET', '/invoices')));
    return seen.filter(({ status }) => status === 200).length;
  };

  /** Tells a story several times over, and writes down how often it went as it must. */
  const exactly = (name: string, successes: number, round: () => Promise<number>) =>
    it(
      `${name}: ${successes} of ${crowd}`,
      async () => {
        const counts: number[] = [];
        for (let done = 0; done < rounds; done += 1) counts.push(await round());
        expect(counts).toEqual(Array(rounds).fill(successes));
      },
      patience,
    );

  exactly('one right code over as many held logins', 1, async () => {
    const { person, app } = await enrolled();
    const visitors = await pendingLogins(person);
    const code = app.code();
    await Promise.all(
      visitors.map((visitor) => visitor.asks('POST', '/login/challenge', { kind: 'totp', code })),
    );
    return inside(visitors);
  });

  exactly('one right code in one held login, sent over and over', 1, async () => {
    const { person, app } = await enrolled();
    const visitor = nodes.visitor();
    await visitor.asks('POST', '/login', credentials(person));
    const twins = nodes.everywhere(visitor, crowd);
    const code = app.code();
    return ok(twins.map((twin) => twin.asks('POST', '/login/challenge', { kind: 'totp', code })));
  });

  exactly('one backup code over as many held logins', 1, async () => {
    const { person, codes } = await enrolled();
    const visitors = await pendingLogins(person);
    const code = codes[0];
    await Promise.all(
      visitors.map((visitor) => visitor.asks('POST', '/login/challenge', { kind: 'backup-codes', code })),
    );
    return inside(visitors);
  });

  exactly('wrong codes that are looked at', 5, async () => {
    const { person, app } = await enrolled();
    const visitors = await pendingLogins(person);
    const code = app.code(300);
    const answers = await Promise.all(
      visitors.map((visitor) => visitor.asks('POST', '/login/challenge', { kind: 'totp', code })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(crowd - 5);
    return answers.filter(({ status }) => status === 401).length;
  });

  exactly('one right code at a step-up, sent over and over', 1, async () => {
    const { person, visitor, app } = await enrolled();
    const twins = nodes.everywhere(visitor, crowd);
    const answer = { password: person.password, kind: 'totp', code: app.code() };
    return ok(twins.map((twin) => twin.asks('POST', '/account/confirm', answer)));
  });

  exactly('one set-up, confirmed over and over', 1, async () => {
    const { visitor } = await signedIn();
    const app = await begins(visitor);
    const twins = nodes.everywhere(visitor, crowd);
    const answer = { code: app.code(), label: 'Phone' };
    const count = await ok(twins.map((twin) => twin.asks('POST', `${room}/totp/confirm`, answer)));
    const { body } = await twins[0]!.asks('GET', '/account/security');
    expect(body['factors'] ?? []).toHaveLength(1);
    return count;
  });
});

async function begins(visitor: Visitor): Promise<AuthenticatorApp> {
  const { body } = await visitor.asks('POST', `${room}/totp/setup`, {});
  return AuthenticatorApp.types((body['draft'] as { secret: string }).secret, phone);
}

async function ok(answers: readonly Promise<JsonAnswer>[]): Promise<number> {
  const got = await Promise.all(answers);
  expect(got.filter(({ status }) => status >= 500)).toEqual([]);
  return got.filter(({ status }) => status === 200).length;
}

function credentials({ email, password }: Person): { email: string; password: string } {
  return { email, password };
}
