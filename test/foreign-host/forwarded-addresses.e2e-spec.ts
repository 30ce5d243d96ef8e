import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { TwoFactor } from 'nestjs-two-factor';
import { Diary } from './host/diary.js';
import { OpenApp } from './host/open.app.js';
import { ForeignHost } from './support/foreign-host.js';
import { passwordOf, protectedMember, type ProtectedMember } from './support/protected-member.js';

let ownAddresses = false;

/** Gives each request an address of the host's own, from a header that its provider sends. */
function addressOfItsOwn(request: Request, _response: Response, next: NextFunction): void {
  if (ownAddresses) Object.defineProperty(request, 'ip', { value: request.get('x-forwarded-for') });
  next();
}

let host: ForeignHost;
let app: NestExpressApplication;
beforeAll(async () => {
  const configure = (made: NestExpressApplication) => (app = made.use(addressOfItsOwn));
  host = await ForeignHost.start({ app: OpenApp, configure });
});
afterAll(() => host.close());

/** The setting of a host, and the headers of its proxies. */
const hosts = {
  'that counts its proxies': { trust: 2, own: false, network: '198.51.100' },
  'that names the network of its proxies': {
    trust: ['loopback', '10.0.0.0/8'],
    own: false,
    network: '192.0.2',
  },
  'that has addresses of its own': { trust: false, own: true, network: '203.0.113' },
};

describe.each(Object.entries(hosts))(
  'behind proxies that write ports, a host %s',
  (_what, { trust, own, network }) => {
    beforeAll(() => {
      app.set('trust proxy', trust);
      ownAddresses = own;
    });

    const forwards = (client: string, port: number) => (own ? client : `${client}, 10.0.0.6:${port}`);

    /** Answers a sign-in from the port of this address, so many times; the statuses. */
    async function answers({ member }: ProtectedMember, address: string, codes: readonly string[]) {
      const visitor = host.visitor();
      await visitor.asks('POST', '/login', passwordOf(member));
      const statuses: number[] = [];
      for (const code of codes) {
        visitor.address = forwards(`${address}:${50_000 + statuses.length}`, 40_000 + statuses.length);
        statuses.push((await visitor.asks('POST', '/login/challenge', { code })).status);
      }
      return statuses;
    }

    it('has one budget for all 40 ports of an address, and another one for the next', async () => {
      const ann = await protectedMember(host);
      await answers(ann, `${network}.50`, Array<string>(5).fill(ann.phone.wrongCode()));
      host.clock.advance(60_000);
      for (let stranger = 0; stranger < 6; stranger += 1) {
        const eve = await protectedMember(host);
        await answers(eve, `${network}.51`, Array<string>(5).fill(eve.phone.wrongCode()));
      }
      expect(await answers(ann, `${network}.51`, [ann.phone.code()])).toEqual([429]);
      expect(await answers(ann, `${network}.52`, [ann.phone.code()])).toEqual([200]);
    });

    it('gets the bare address', async () => {
      const ann = await protectedMember(host);
      await answers(ann, '[2001:DB8:0::60]', [ann.phone.wrongCode()]);
      await host.get(TwoFactor).settled();
      expect(host.get(Diary).addressesOf(ann.member.id)).toContain('2001:db8::60');
    });
  },
);
