import { AccountRow } from '../../src/accounts/account.entity.js';
import { AuditEntryRow } from '../../src/audit/audit-entry.entity.js';
import type { Person } from '../support/people/accounts.js';
import { portal, type Portal } from '../support/portal/portal.js';
import { forgets, newLink } from '../support/people/reset-link.js';

const stranger = { actorType: 'system', actorId: 'visitor' };

describe('who an event says has acted', () => {
  let house: Portal;
  beforeAll(async () => {
    house = await portal({ modules: [] });
  });
  afterAll(() => house.close());

  async function told(name: string, accountId: string): Promise<AuditEntryRow> {
    await house.settled();
    return house.database.manager.findOneByOrFail(AuditEntryRow, { accountId, name });
  }

  const tries = ({ email }: Person, password: string) => house.visitor().signsIn({ email, password });

  it.each(['customer', 'support', 'admin'] as const)(
    'is no account after a wrong password of a %s',
    async (role) => {
      const ann = await house.account('Ann', role);
      await tries(ann, 'not the password');
      expect(await told('login.failed', ann.id)).toMatchObject({ ...stranger, accountId: ann.id });
    },
  );

  it('is no account when the address is unknown', async () => {
    const somewhere = house.visitor();
    await somewhere.signsIn({ email: 'nobody@example.com', password: 'not the password' });
    await house.settled();
    const entry = await house.database.manager.findOneByOrFail(AuditEntryRow, { ip: somewhere.address });
    expect(entry).toMatchObject({ ...stranger, name: 'login.failed', accountId: null });
  });

  it('is the account after its right password, although it may not sign in', async () => {
    const ann = await house.account('Ann');
    await house.database.manager.update(AccountRow, { id: ann.id }, { suspendedAt: 1 });
    await tries(ann, ann.password);
    expect(await told('login.failed', ann.id)).toMatchObject({ actorType: 'account', actorId: ann.id });
  });

  it('is not the owner of an address for which another person requested a link', async () => {
    const ann = await house.account('Ann');
    await forgets(house.visitor(), ann.email);
    expect(await told('password.reset-requested', ann.id)).toMatchObject(stranger);
  });

  it('is the signed-in account that requested a link, even for another address', async () => {
    const [ann, sam, visitor] = [
      await house.account('Ann'),
      await house.account('Sam', 'support'),
      house.visitor(),
    ];
    await visitor.signsIn(sam);
    await forgets(visitor, ann.email);
    const facts = { actorType: 'staff', actorId: sam.id };
    expect(await told('password.reset-requested', ann.id)).toMatchObject(facts);
  });

  it('is the owner of the mailbox with the link', async () => {
    const ann = await house.account('Ann');
    const link = await newLink(house, ann);
    await house.visitor().asks('POST', link, { password: 'a brand new password' });
    expect(await told('password.changed', ann.id)).toMatchObject({ actorType: 'account', actorId: ann.id });
  });

  it('is shown to administrators as the portal itself where it was a visitor', async () => {
    const ann = await house.account('Ann');
    await tries(ann, 'not the password');
    await house.settled();
    const mia = house.visitor();
    await mia.signsIn(await house.account('Mia', 'admin'));
    const { body } = await mia.asks('GET', `/staff/audit?event=login.failed&account=${ann.email}`);
    expect(body['entries']).toEqual([
      expect.objectContaining({ account: ann.email, actor: { type: 'system', label: 'visitor' } }),
    ]);
  });
});
