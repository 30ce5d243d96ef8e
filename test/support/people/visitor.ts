import type { Person } from './accounts.js';
import { CookieJar } from './cookie-jar.js';
import { Page } from './page.js';

/** The answer for a program. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

type Fields = Readonly<Record<string, string>>;

/** One request as it is sent. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Fields;
  readonly body?: string | URLSearchParams;
}

let addresses = 0;

/** An address of this visitor alone, so that limits for addresses do not affect other tests. */
function ownAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** The user agent of each visitor. */
export const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A person with a browser: real HTTP, cookies, redirects step by step, forms as the pages have them. */
export class Visitor {
  readonly cookies = new CookieJar();
  address = ownAddress();
  /** The redirects of the last request. */
  steps: string[] = [];
  private shown: Page | undefined;

  constructor(private readonly site: string) {}

  /** The current page. */
  get page(): Page {
    if (!this.shown) throw new Error('This visitor has not gone anywhere yet.');
    return this.shown;
  }

  /** Opens an address, or follows a link. */
  goes(path: string): Promise<Page> {
    this.steps = [];
    return this.follows(path, {});
  }

  /** Fills in the form with these fields on the current page, and sends it. */
  submits(fields: Fields, action?: string): Promise<Page> {
    const form = this.page.form(Object.keys(fields), action);
    for (const [name, value] of Object.entries(fields)) form.values.set(name, value);
    this.steps = [];
    // A GET form puts its fields into the address.
    if (form.method === 'GET') return this.follows(`${form.action}?${form.values.toString()}`, {});
    return this.follows(form.action, { method: form.method, body: form.values });
  }

  /** Presses the button of the form with this action and without fields. */
  presses(action: string): Promise<Page> {
    return this.submits({}, action);
  }

  /** Signs in with e-mail and password, on the sign-in page. */
  async signsIn({ email, password }: Pick<Person, 'email' | 'password'>, returnTo?: string): Promise<Page> {
    await this.goes(returnTo === undefined ? '/login' : `/login?returnTo=${encodeURIComponent(returnTo)}`);
    return this.submits({ email, password });
  }

  /** The same page and cookies in another window; neither window sees the actions of the other. `site`: another node. */
  twin(site = this.site): Visitor {
    const twin = new Visitor(site);
    this.cookies.copyTo(twin.cookies);
    twin.address = this.address;
    twin.shown = this.shown;
    return twin;
  }

  /** Sends a request as a program: JSON both ways. A string is sent unchanged. */
  async asks(method: string, path: string, body?: unknown, headers: Fields = {}): Promise<JsonAnswer> {
    const type: Fields = method === 'GET' ? {} : { 'Content-Type': 'application/json' };
    const sent = { method, headers: { ...{ Accept: 'application/json' }, ...type, ...headers } };
    const answer = await this.sends(path, body === undefined ? sent : { ...sent, body: asJson(body) });
    return { status: answer.status, headers: answer.headers, body: await bodyOf(answer) };
  }

  /** Sends one request with the visitor's cookies and address, and without additions of a browser. */
  async sends(path: string, sent: Sent): Promise<Response> {
    const cookie = this.cookies.header;
    const answer = await fetch(path.startsWith('/') ? `${this.site}${path}` : path, {
      method: sent.method ?? 'GET',
      redirect: 'manual',
      headers: {
        ...{ 'X-Forwarded-For': this.address },
        ...(cookie ? { Cookie: cookie } : {}),
        ...sent.headers,
      },
      ...(sent.body === undefined ? {} : { body: sent.body }),
    });
    this.cookies.take(answer.headers);
    return answer;
  }

  private async follows(path: string, { method = 'GET', body }: Sent): Promise<Page> {
    if (this.steps.length > 10) throw new Error(`Led in circles: ${this.steps.join(' → ')}`);
    this.steps.push(path);
    const headers = { ...this.browserSays(method), Accept: 'text/html' };
    const answer = await this.sends(path, {
      method,
      headers,
      ...(method === 'GET' || !body ? {} : { body }),
    });
    const location = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && location) {
      await answer.arrayBuffer();
      return this.follows(location, {});
    }
    const { pathname, search } = new URL(path, this.site);
    this.shown = new Page(answer.status, `${pathname}${search}`, answer.headers, await answer.text());
    return this.shown;
  }

  private browserSays(method: string): Fields {
    const site = this.shown ? 'same-origin' : 'none';
    return {
      'User-Agent': firefox,
      'Sec-Fetch-Site': site,
      ...(method === 'GET' ? {} : { Origin: this.site }),
    };
  }
}

function asJson(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function bodyOf(answer: Response): Promise<Record<string, unknown>> {
  const text = await answer.text();
  const isJson = text !== '' && (answer.headers.get('content-type') ?? '').includes('json');
  return isJson ? (JSON.parse(text) as Record<string, unknown>) : { text };
}
