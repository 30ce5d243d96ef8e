import { ApiTokenRow } from '../../src/api-tokens/rows/api-token.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { domainOf } from '../support/people/dangerous-acts.js';
import { owner, type Owner } from '../support/people/owner.js';
import { confirmsAct, makesToken, type Program } from '../support/people/program.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { JsonAnswer } from '../support/people/visitor.js';

const often = 12;

forEachDatabase('at once on two nodes, with', (database) => {
  let site: Portal;
  let other: Portal;
  let ann: Owner;
  let program: Program;
  beforeAll(async () => {
    site = await portal({ database });
    other = await portal({ database, besides: site });
  });
  beforeEach(async () => {
    ann = await owner(site, 'Ann');
    program = await makesToken(site, ann);
  });
  afterAll(async () => {
    await other.close();
    await site.close();
  });

  const node = (place: number): Portal => (place % 2 === 0 ? site : other);
  const many = <T>(each: (place: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: often }, (_, place) => each(place)));
  const statuses = (answers: readonly JsonAnswer[]) => answers.map(({ status }) => status).sort();
  const count = (list: readonly number[], wanted: number) => list.filter((each) => each === wanted).length;

  const domain = async (label = 'ann.example'): Promise<string> =>
    `/services/${await domainOf(site, ann.person, { label })}/epp-code`;
  async function asked(path: string): Promise<string> {
    const { body } = await program.asks('POST', path);
    return (body['approval'] as { id: string }).id;
  }
  async function told(name: string): Promise<AuditEntryRow[]> {
    await site.settled();
    await other.settled();
    return site.database.manager.findBy(AuditEntryRow, { accountId: ann.person.id, name });
  }
  const approves = async (id: string): Promise<void> => {
    await confirmsAct(site, ann);
    expect((await ann.visitor.asks('POST', `/approvals/${id}`)).status).toBe(200);
  };

  it('the same request asks the owner once', async () => {
    const path = await domain();
    const answers = await many((place) => program.at(node(place)).asks('POST', path));
    const ids = new Set(answers.map(({ body }) => (body['approval'] as { id: string }).id));
    expect([statuses(answers), ids.size]).toEqual([Array<number>(often).fill(202), 1]);
    expect(await told('approval.requested')).toHaveLength(1);
  });

  it('twelve different acts leave five that wait', async () => {
    const paths = await many((place) => domain(`${place}.example`));
    const answers = await many((place) => program.at(node(place)).asks('POST', paths[place] ?? ''));
    expect([count(statuses(answers), 202), count(statuses(answers), 429)]).toEqual([5, often - 5]);
  });

  it('the owner approves once, and the token acts once', async () => {
    const path = await domain();
    const id = await asked(path);
    await confirmsAct(site, ann);
    // The first request binds the step-up to this act.
    const first = await ann.visitor.asks('POST', `/approvals/${id}`);
    const more = await many((place) => ann.visitor.twin(node(place).url).asks('POST', `/approvals/${id}`));
    expect([first.status, count(statuses(more), 409)]).toEqual([200, often]);
    const acts = await many((place) =>
      program.at(node(place)).asks('POST', path, undefined, { 'Approval-Id': id }),
    );
    expect([count(statuses(acts), 200), count(statuses(acts), 403)]).toEqual([1, often - 1]);
    expect(acts.filter(({ body }) => body['reason'] === 'used')).toHaveLength(often - 1);
    expect(
      [await told('approval.granted'), await told('epp-code.shown')].map(({ length }) => length),
    ).toEqual([1, 1]);
  });

  it('an approval that is granted and refused is one of both', async () => {
    const id = await asked(await domain());
    await confirmsAct(site, ann);
    const answers = await many((place) =>
      ann.visitor.twin(node(place).url).asks('POST', `/approvals/${id}${place < 6 ? '/refuse' : ''}`),
    );
    const [granted, refused] = [await told('approval.granted'), await told('approval.refused')];
    // A granted one may be taken back: then both are told, in this order, and nothing is left to carry out.
    expect([granted.length <= 1, refused.length]).toEqual([true, 1]);
    const { body } = await program.asks('GET', `/approvals/${id}`);
    expect((body['approval'] as { state: string }).state).toBe('refused');
    expect(statuses(answers).every((status) => [200, 403, 409].includes(status))).toBe(true);
  });

  it('a token that is revoked during its use does nothing afterwards', async () => {
    const path = await domain();
    const id = await asked(path);
    await approves(id);
    const [act, revoked] = await Promise.all([
      program.at(other).asks('POST', path, undefined, { 'Approval-Id': id }),
      ann.visitor.asks('POST', `/account/tokens/${program.id}/revoke`),
    ]);
    expect([revoked.status, [200, 401, 403].includes(act.status)]).toEqual([200, true]);
    const shown = await told('epp-code.shown');
    expect(shown).toHaveLength(act.status === 200 ? 1 : 0);
    const late = await many((place) => program.at(node(place)).asks('GET', '/services'));
    expect(statuses(late)).toEqual(Array<number>(often).fill(401));
  });

  it('one token is made of one name, and one event told of one revocation', async () => {
    await confirmsAct(site, ann);
    const fields = { name: 'At once', scopes: ['services:read'] };
    // The first request binds the step-up to this act.
    expect((await ann.visitor.asks('POST', '/account/tokens', { ...fields, name: 'First' })).status).toBe(
      200,
    );
    const made = await many((place) =>
      ann.visitor.twin(node(place).url).asks('POST', '/account/tokens', fields),
    );
    expect([count(statuses(made), 200), count(statuses(made), 400)]).toEqual([1, often - 1]);
    const row = await site.database.manager.findOneByOrFail(ApiTokenRow, {
      accountId: ann.person.id,
      name: 'At once',
    });
    const path = `/account/tokens/${row.id}/revoke`;
    const ended = await many((place) => ann.visitor.twin(node(place).url).asks('POST', path));
    expect([count(statuses(ended), 200), count(statuses(ended), 404)]).toEqual([1, often - 1]);
    expect(await told('token.revoked')).toHaveLength(1);
  });

  it('twelve new tokens of an account that has 15 are five', async () => {
    await confirmsAct(site, ann);
    for (let number = 2; number <= 15; number++) {
      const fields = { name: `Number ${number}`, scopes: ['services:read'] };
      expect((await ann.visitor.asks('POST', '/account/tokens', fields)).status).toBe(200);
    }
    const made = await many((place) => {
      const fields = { name: `More ${place}`, scopes: ['services:read'] };
      return ann.visitor.twin(node(place).url).asks('POST', '/account/tokens', fields);
    });
    expect([count(statuses(made), 200), count(statuses(made), 400)]).toEqual([5, often - 5]);
  });
});
