import { Cast, castPassword, type Part, partFor } from '../people/cast.js';
import type { Visitor } from '../people/visitor.js';
import type { DatabaseKind } from '../databases/databases.js';
import { type RawRequest, rawRequest } from '../network/raw-request.js';
import { portal, type Portal } from '../portal/portal.js';
import { type Route, routesOf } from '../portal/routes.js';
import { honestFields } from './honest-fields.js';

/** Milliseconds, for one kind of odd input on every route. */
export const patience = 180_000;

/** Requests that wait for their answers at the same time. */
const atOnce = 6;

/** These end what a visitor has, so they come last. */
const ending = /^POST \/(logout|login\/cancel|account\/security\/two-factor\/disable)$/;

export const named = ({ method, path }: Route): string => `${method} ${path}`;

/** One request to a route: what is odd in it, for the report, and how it is sent. */
export interface OddRequest {
  readonly odd: unknown;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends odd requests to every route, each route as the visitor that may use it, and reports the answers that are faults. */
export class OddAsker {
  private addresses = 0;

  private constructor(
    private readonly site: Portal,
    private readonly cast: Cast,
    /** All routes; those that end a session come last. */
    readonly routes: readonly Route[],
  ) {}

  /** An asker with a portal of its own on this kind of database. */
  static async on(database: DatabaseKind): Promise<OddAsker> {
    const env = { REQUIRE_TWO_FACTOR: 'staff', PASSKEY_SIGN_IN: 'everyone', MAILED_CODES: 'on' };
    const site = await portal({ database, env });
    const all = routesOf(site);
    const routes = [
      ...all.filter((one) => !ending.test(named(one))),
      ...all.filter((one) => ending.test(named(one))),
    ];
    return new OddAsker(site, await Cast.of(site), routes);
  }

  /** The routes that take a form. */
  get posts(): readonly Route[] {
    return this.routes.filter(({ method }) => method !== 'GET');
  }

  close(): Promise<void> {
    return this.site.close();
  }

  /** The route's address with valid parameters. */
  place(route: Route): string {
    return this.cast.place(route);
  }

  /** The visitor that may use the route, after a step-up where there can be one. */
  visitor(route: Route): Promise<Visitor> {
    const part: Part = partFor(route);
    return part === 'customer' || part === 'administrator' ? this.cast.fresh(part) : this.cast.visitor(part);
  }

  /** Sends the requests, some at a time. Returns the answers that are faults of the server. */
  async faults(route: Route, visitor: Visitor, requests: readonly OddRequest[]): Promise<string[]> {
    const broken: string[] = [];
    for (let at = 0; at < requests.length; at += atOnce) {
      const batch = requests.slice(at, at + atOnce);
      broken.push(...(await Promise.all(batch.map((one) => this.fault(route, visitor, one)))).flat());
    }
    return broken;
  }

  private async fault(route: Route, visitor: Visitor, { odd, ...sent }: OddRequest): Promise<string[]> {
    const path = sent.path ?? this.place(route);
    const { status, text } = await this.asks(visitor, { ...sent, method: route.method, path });
    if (status < 500 && status > 0) return [];
    return [`${status} ${named(route)} ${JSON.stringify(odd).slice(0, 160)} ${text.slice(0, 80)}`];
  }

  /** One request from an address of its own, so that limits of addresses do not come first. */
  private async asks(visitor: Visitor, sent: Omit<RawRequest, 'headers'> & Pick<OddRequest, 'headers'>) {
    this.addresses += 1;
    const cookie = visitor.cookies.header;
    const headers = {
      ...{
        'X-Forwarded-For': `10.200.${this.addresses >> 8}.${this.addresses & 255}`,
        'Sec-Fetch-Site': 'same-origin',
      },
      ...{
        Accept: 'application/json',
        'Content-Type': 'application/json',
        ...(cookie && { Cookie: cookie }),
      },
      ...sent.headers,
    };
    const answer = await rawRequest(this.site.url, { ...sent, headers });
    const kept = new Headers(answer.cookies.map((line) => ['set-cookie', line]));
    if (!('Cookie' in (sent.headers ?? {}))) visitor.cookies.take(kept);
    return answer;
  }
}

/** The fields of a valid form, with the password of the cast. */
function honest(route: Route): Record<string, string> {
  const fields = Object.entries(honestFields[named(route)] ?? {});
  return Object.fromEntries(fields.map(([name, value]) => [name, value.replace('<password>', castPassword)]));
}

/** The body of a valid form as JSON, for a route that takes one. */
export function honestBody(route: Route): { body?: string } {
  return route.method === 'GET' ? {} : { body: JSON.stringify(honest(route)) };
}

/** The honest form with one field made odd, in every way. */
export function oddFields(route: Route, odd: readonly unknown[]): Record<string, unknown>[] {
  const fields = honest(route);
  return Object.keys(fields).flatMap((field) => odd.map((value) => ({ ...fields, [field]: value })));
}
