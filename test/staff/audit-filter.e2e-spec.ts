import type { Person } from '../support/people/accounts.js';
import { portal, type Portal } from '../support/portal/portal.js';
import type { Visitor } from '../support/people/visitor.js';

describe('the filters of the audit', () => {
  let house: Portal;
  let mia: Visitor;
  let ann: Person;
  beforeAll(async () => {
    house = await portal();
    mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
    ann = await house.account('Ann');
    await house.visitor().signsIn(ann);
    await house.settled();
  });
  afterAll(() => house.close());

  const chosen = () => mia.page.attribute('#event option[selected]', 'value');

  it('list the names of all events, the portal’s and the modules’', async () => {
    const page = await mia.goes('/staff/audit');
    const names = page.all('#event option');
    expect(names[0]).toBe('Any');
    for (const name of ['login.succeeded: Signed in', 'two-factor.enabled: Two-factor turned on'])
      expect(names).toContain(name);
    expect(names).toEqual([...new Set(names)]);
    await mia.submits({ event: 'login.succeeded', account: ann.email });
    expect([mia.page.all('tbody tr').length, chosen()]).toEqual([1, 'login.succeeded']);
  });

  it('say also an event that no module installed tells any more', async () => {
    await mia.goes('/staff/audit?event=old.module.news');
    expect([mia.page.all('tbody tr').length, chosen()]).toEqual([0, 'old.module.news']);
  });

  it('name events in the reader’s language', async () => {
    const answer = await mia.sends('/staff/audit', {
      headers: { Accept: 'text/html', 'Accept-Language': 'de' },
    });
    expect(await answer.text()).toContain('login.succeeded: Angemeldet');
  });

  it('keep the input when a day is invalid, and show no entries instead of too many', async () => {
    await mia.goes('/staff/audit');
    const page = await mia.submits({ account: ann.email, from: '2030-02-30', to: 'soon' });
    expect([page.status, page.title]).toEqual([400, 'Audit']);
    expect(page.all('[role=alert] a')).toEqual([
      '“From” must be a day such as 2030-01-31.',
      '“Until” must be a day such as 2030-01-31.',
    ]);
    for (const field of ['#from', '#to']) {
      expect(page.attribute(field, 'aria-invalid')).toBe('true');
      expect(page.all(`[id="${page.attribute(field, 'aria-describedby')}"]`)).toHaveLength(1);
    }
    expect(page.attribute('#account', 'value')).toBe(ann.email);
    expect(page.all('tbody tr')).toEqual([]);
    expect(page.text).not.toContain('No entries match.');
  });

  it('tell programs which day is none', async () => {
    const { status, body } = await mia.asks('GET', '/staff/audit?from=2030-01-01&to=2029-02-30');
    expect([status, body['code'], Object.keys(body['fields'] as object)]).toEqual([
      400,
      'INVALID_INPUT',
      ['to'],
    ]);
  });
});
