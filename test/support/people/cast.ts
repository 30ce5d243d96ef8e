import type { Role } from '../../../src/accounts/account.js';
import { Accounts } from '../../../src/accounts/accounts.service.js';
import { type Owner, owner, scans } from './owner.js';
import type { Person } from './accounts.js';
import type { Portal } from '../portal/portal.js';
import type { Route } from '../portal/routes.js';
import type { Visitor } from './visitor.js';

/** The visitor with enough access for a route's own work. */
export type Part = 'stranger' | 'challenged' | 'enrolling' | 'customer' | 'administrator';

/** The password of all members of a cast. */
export const castPassword = 'a password of the cast';

let people = 0;

/** One visitor for each role, created again when a request has ended its session. */
export class Cast {
  private readonly owners = new Map<Part, Owner>();

  private constructor(
    private readonly site: Portal,
    private readonly ticketId: string,
  ) {}

  /** A cast on a portal that requires two-factor of staff. */
  static async of(site: Portal): Promise<Cast> {
    const ann = await owner(site, 'Ann', { person: await member(site, 'customer') });
    await ann.visitor.goes('/tickets');
    const opened = await ann.visitor.submits({ subject: 'Help', body: 'It does not work.' });
    const cast = new Cast(site, opened.address.split('/').at(-1)?.split('?')[0] ?? '');
    cast.owners.set('customer', ann);
    cast.owners.set('administrator', await administrator(site));
    return cast;
  }

  /** Returns a visitor with this role and a valid state. */
  async visitor(part: Part): Promise<Visitor> {
    if (part === 'stranger') return this.site.visitor();
    if (part === 'enrolling') return this.signedIn(await member(this.site, 'support'));
    const { person, visitor } = this.owners.get(part) ?? this.owners.get('customer')!;
    return part === 'challenged' ? this.signedIn(person) : visitor;
  }

  /** Signed in, after a step-up with password and code. */
  async fresh(part: 'customer' | 'administrator'): Promise<Visitor> {
    const known = this.owners.get(part)!;
    const { visitor, person, app } = known;
    const confirmed = () =>
      visitor.asks('POST', '/account/confirm', { password: person.password, code: app.code() });
    this.site.clock.passesSeconds(31);
    if ((await confirmed()).status === 200) return visitor;
    this.owners.set(
      part,
      part === 'customer'
        ? await owner(this.site, 'Ann', { person: await member(this.site, 'customer') })
        : await administrator(this.site),
    );
    return this.fresh(part);
  }

  /** The route's address with valid parameters. */
  place({ path }: Route): string {
    return path
      .replace(/^(\/staff)?\/tickets\/:id/, `$1/tickets/${this.ticketId}`)
      .replace(':kind', 'totp')
      .replace(/:\w+/g, 'x');
  }

  private async signedIn({ email, password }: { email: string; password: string }): Promise<Visitor> {
    const visitor = this.site.visitor();
    await visitor.signsIn({ email, password });
    return visitor;
  }
}

/** The visitor with the right role for a route. */
export function partFor({ path }: Route): Part {
  if (path.startsWith('/login/enrol')) return 'enrolling';
  if (/^\/login\/(challenge|recovery|cancel)/.test(path)) return 'challenged';
  if (path.startsWith('/staff')) return 'administrator';
  if (/^\/(login|password|assets|healthz|readyz)|confirm\/:token$/.test(path)) return 'stranger';
  return 'customer';
}

/** Sets two-factor up because it is required, between password and session. */
async function administrator(site: Portal): Promise<Owner> {
  const person = await member(site, 'admin');
  const visitor = site.visitor();
  await visitor.signsIn(person);
  await visitor.presses('/login/enrol/totp/setup');
  const app = scans(site, visitor.page);
  await visitor.submits({ code: app.code() });
  site.clock.advance(30_000);
  return { person, app, codes: [], visitor };
}

async function member(site: Portal, role: Role): Promise<Person> {
  people += 1;
  const facts = { name: 'Kim', email: `kim${people}@example.com`, password: castPassword };
  const { id } = await site.app.get(Accounts).create({ ...facts, role });
  return { ...facts, id };
}
