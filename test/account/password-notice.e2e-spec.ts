import { OutboxRelay } from '../../src/events/outbox-relay.js';
import { type Portal, portal } from '../support/portal/portal.js';

describe('after a change of password', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [] });
  });
  afterAll(() => house.close());

  it('the owner gets one mail, which says from where and holds no secret', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/account/password');
    await visitor.submits({ newPassword: 'a much better password' });
    const outboxRelay = house.app.get(OutboxRelay);
    await house.settled();
    await outboxRelay.sweep();
    await house.settled();
    const mails = await house.inbox.of(ann.email);
    expect(mails.map((mail) => mail.subject)).toEqual(['Your password was changed']);
    expect(mails[0]?.source).toContain(visitor.address);
    expect(mails[0]?.source).not.toContain('a much better password');
  });

  it('no mail is sent when nothing was changed', async () => {
    const ann = await house.account('Ann');
    const visitor = house.visitor();
    await visitor.signsIn(ann);
    await visitor.goes('/account/password');
    expect((await visitor.submits({ newPassword: 'short' })).status).toBe(400);
    await house.settled();
    expect(await house.inbox.of(ann.email)).toEqual([]);
  });
});
