import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import { forEachDatabase } from '../support/databases/databases.js';
import { confirms, owner, type Owner } from '../support/people/owner.js';
import { subjectsTo } from '../support/people/email-link.js';
import { portal, type Portal } from '../support/portal/portal.js';

const path = '/account/payment-method';

forEachDatabase('the payment method on', (database) => {
  let site: Portal;
  beforeAll(async () => {
    site = await portal({ database });
  });
  afterAll(() => site.close());

  async function ready(): Promise<Owner> {
    const ann = await owner(site, 'Ann');
    site.clock.passesSeconds(30);
    await ann.visitor.asks('POST', '/account/confirm', {
      password: ann.person.password,
      code: ann.app.code(),
    });
    return ann;
  }

  async function told({ person }: Owner): Promise<unknown[]> {
    await site.settled();
    const of = { accountId: person.id, name: 'payment-method.changed' };
    const entries = await site.database.manager.find(AuditEntryRow, { where: of, order: { at: 'ASC' } });
    return entries.map(({ data }) => JSON.parse(data) as unknown);
  }

  it('is a card of the test gateway, and the page says that it is a test', async () => {
    const ann = await owner(site, 'Ann');
    site.clock.passesMinutes(11);
    await ann.visitor.goes('/invoices');
    const page = await ann.visitor.goes(ann.visitor.page.link('Payment method'));
    expect(page.text).toContain('This is a test: no card is charged, and no card number is asked for.');
    expect(page.all('input[type="radio"]')).toHaveLength(3);
    const asked = await ann.visitor.submits({ token: 'test-visa' });
    expect(asked.text).toContain('Change your payment method');
    const done = await confirms(ann, ann.visitor);
    expect(done.text).toContain('Your payment method is saved. Visa, ending in 4242 Valid until 2040-12');
  });

  it('is told with its old and new value, once for each change', async () => {
    const ann = await ready();
    const { body } = await ann.visitor.asks('POST', path, { token: 'test-visa' });
    expect(body).toEqual({ paymentMethod: { brand: 'Visa', last4: '4242', expires: '2040-12' } });
    site.clock.passesSeconds(6);
    for (const token of ['test-visa', 'test-amex', 'test-amex'])
      expect((await ann.visitor.asks('POST', path, { token })).status).toBe(200);
    expect(await told(ann)).toEqual([
      { from: null, to: 'Visa ···· 4242' },
      { from: 'Visa ···· 4242', to: 'American Express ···· 0005' },
    ]);
    const subjects = await subjectsTo(site, ann.person);
    expect(subjects.filter((subject) => subject === 'Your payment method was changed')).toHaveLength(2);
    expect((await ann.visitor.goes('/account/security')).text).toContain(
      'Payment method changed Visa ···· 4242 → American Express ···· 0005',
    );
  });

  it('contains neither the token nor the gateway’s reference in what a client gets', async () => {
    const ann = await ready();
    await ann.visitor.asks('POST', path, { token: 'test-visa' });
    const { body } = await ann.visitor.asks('GET', path);
    expect(body).toEqual({
      paymentMethod: { brand: 'Visa', last4: '4242', expires: '2040-12' },
      test: true,
    });
  });

  it.each([[''], ['4242424242424242'], ['test-nothing'], [4242], [['test-visa']], [undefined]])(
    'is not %j',
    async (token) => {
      const ann = await ready();
      const { status, body } = await ann.visitor.asks('POST', path, { token });
      expect([status, body['code'], Object.keys(body['fields'] as object)]).toEqual([
        400,
        'INVALID_INPUT',
        ['token'],
      ]);
      expect((await ann.visitor.asks('GET', path)).body['paymentMethod']).toBeNull();
    },
  );

  it('takes no card number', async () => {
    const ann = await ready();
    const number = '4242424242424242';
    const { status } = await ann.visitor.asks('POST', path, { token: 'test-visa', number });
    expect(status).toBe(400);
  });

  it('is one of two that were chosen at once', async () => {
    const ann = await ready();
    const tokens = ['test-visa', 'test-amex'];
    const answers = await Promise.all(
      tokens.map((token) => ann.visitor.twin().asks('POST', path, { token })),
    );
    const done = answers.filter(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).every((status) => [200, 403, 409].includes(status))).toBe(
      true,
    );
    expect(await told(ann)).toHaveLength(done.length);
    expect(done.length).toBeGreaterThan(0);
  });

  it('is their owner’s alone', async () => {
    const [ann, bob] = [await ready(), await ready()];
    await ann.visitor.asks('POST', path, { token: 'test-visa' });
    expect((await bob.visitor.asks('GET', path)).body['paymentMethod']).toBeNull();
  });
});
