import { portal, type Portal } from '../support/portal/portal.js';

let site: Portal;
beforeAll(async () => {
  site = await portal({ modules: [] });
});
afterAll(() => site.close());

describe('the sign-in form', () => {
  it.each([
    ['no fields', {}],
    ['no password', { email: 'ann@example.com' }],
    ['an empty address', { email: '', password: 'whatever it is' }],
    ['numbers', { email: 1, password: 12345678 }],
    ['lists', { email: ['ann@example.com'], password: ['whatever it is'] }],
    ['objects', { email: { $ne: '' }, password: { $ne: '' } }],
    ['an unknown field', { email: 'ann@example.com', password: 'whatever it is', admin: 'true' }],
    ['a list at the top', []],
    ['nothing at all', null],
  ])('does not take %s', async (_what, body) => {
    const answer = await site.visitor().asks('POST', '/login', body);
    expect([answer.status, answer.body['code']]).toEqual([400, 'INVALID_INPUT']);
  });

  it('says which field is wrong, keeps the address and never the password', async () => {
    const visitor = site.visitor();
    await visitor.goes('/login');
    const page = await visitor.submits({ email: 'ann@example.com', password: '' });
    expect(page.status).toBe(400);
    expect(page.all('.error-summary a')).toEqual(['Enter your password.']);
    expect(page.attribute('#email', 'value')).toBe('ann@example.com');
    expect(page.attribute('#password', 'value')).toBeUndefined();
  });

  it('takes nothing from the query', async () => {
    const { email, password } = await site.account('Ann');
    const query = new URLSearchParams({ email, password }).toString();
    const answer = await site.visitor().asks('POST', `/login?${query}`, {});
    expect(answer.status).toBe(400);
    const half = await site
      .visitor()
      .asks('POST', `/login?${query}`, { email, password: 'not the password' });
    expect(half.status).toBe(401);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/%5cevil.example/..//evil.example',
    '/\tevil.example',
    'javascript:alert(1)',
    '/login',
    '/logout',
  ])('does not lead to %s', async (returnTo) => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann, returnTo);
    expect(visitor.steps.at(-1)).toBe('/');
    expect(visitor.page.status).toBeLessThan(500);
  });

  it('keeps the wanted page through a refused try', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn({ ...ann, password: 'not the password' }, '/invoices?page=2');
    await visitor.submits({ email: ann.email, password: ann.password });
    expect(visitor.page.address).toBe('/invoices?page=2');
  });

  it('sends a signed-in person to the home page', async () => {
    const ann = await site.account('Ann');
    const visitor = site.visitor();
    await visitor.signsIn(ann);
    expect((await visitor.goes('/login')).address).toBe('/');
    expect((await visitor.asks('POST', '/login', {})).status).toBe(409);
  });
});
