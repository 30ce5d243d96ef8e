import { portal, type Portal } from '../support/portal/portal.js';

describe('the profile', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [] });
  });
  afterAll(() => house.close());

  it('changes the name, and ends no session', async () => {
    const ann = await house.account('Ann');
    const [here, there] = [house.visitor(), house.visitor()];
    for (const visitor of [here, there]) await visitor.signsIn(ann);
    await here.goes('/account/profile');
    const page = await here.submits({ name: '  Ann-Marie <b>Ö’Neill</b> ' });
    expect([page.status, page.all('[role=status]')]).toEqual([200, ['Your profile has been saved.']]);
    expect(page.attribute('#name', 'value')).toBe('Ann-Marie <b>Ö’Neill</b>');
    const { body } = await there.asks('GET', '/account/profile');
    expect(body).toEqual({
      name: 'Ann-Marie <b>Ö’Neill</b>',
      email: ann.email,
      locale: null,
      timeZone: null,
    });
  });

  it.each([
    [''],
    [' \t'],
    ['x'.repeat(101)],
    ['two\nlines'],
    ['right\u202eleft'],
    ['half \ud800'],
    [['a', 'b']],
    [7],
    [null],
  ])('does not take %j for a name', async (name) => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    const { status, body } = await visitor.asks('POST', '/account/profile', { name });
    expect([status, body['fields']]).toEqual([400, { name: 'profile.name-needed' }]);
    expect((await visitor.asks('GET', '/account/profile')).body['name']).toBe('Ann');
  });

  it('says which character cannot be used, because it may be invisible', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/account/profile');
    const page = await visitor.submits({ name: 'Ann Le\u200fe' });
    expect([page.status, page.all('[role=alert] a')]).toEqual([
      400,
      ['The character at place 7 (right-to-left mark) cannot be used in a name.'],
    ]);
  });

  it.each(['email', 'role', 'id', 'stamp'])('does not change the %s of an account', async (field) => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    const sent = { name: 'Ann', [field]: 'admin' };
    expect((await visitor.asks('POST', '/account/profile', sent)).status).toBe(400);
    expect((await visitor.goes('/staff/audit')).status).toBe(403);
  });

  it('needs a session', async () => {
    expect((await house.visitor().goes('/account/profile')).address).toMatch(/^\/login/);
    expect((await house.visitor().asks('POST', '/account/profile', { name: 'x' })).status).toBe(401);
  });
});
