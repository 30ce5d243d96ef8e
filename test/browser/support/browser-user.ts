import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Person } from '../../support/people/accounts.js';
import type { Portal } from '../../support/portal/portal.js';
import { Phone } from './phone.js';
import { readQrCode } from './qr-reader.js';

/** Chromium reports every page with a status of 4xx. That is no fault, because the stories contain wrong codes. */
const answeredNo = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** A person with a real browser, who only knows the words on the pages. */
export class BrowserUser {
  /** The errors that the browser reported: script errors, refused scripts or styles, missing files. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly portal: Portal,
  ) {
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !answeredNo.test(message.text()))
        this.complaints.push(message.text());
    });
  }

  /** A new browser profile, at the portal's time. */
  static async sitsDown(
    browser: Browser,
    portal: Portal,
    options: BrowserContextOptions = {},
  ): Promise<BrowserUser> {
    const context = await browser.newContext({
      // The name of the host, because passkeys are made for domains and not for IP addresses.
      ...{ baseURL: `http://localhost:${portal.config.port}` },
      // Colours are checked without transitions.
      ...({ reducedMotion: 'reduce' } as const),
      ...options,
    });
    const user = new BrowserUser(await context.newPage(), context, portal);
    await user.clockShows(portal.clock.now());
    return user;
  }

  async goes(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Clicks the link or button with exactly these words. */
  async clicks(words: string): Promise<void> {
    await this.named(words).click();
  }

  /** A visible link or button, by its words. */
  named(words: string): Locator {
    const name = { name: words, exact: true };
    return this.page.getByRole('link', name).or(this.page.getByRole('button', name)).first();
  }

  /** Writes into the field with this label. */
  async writes(label: string, text: string): Promise<void> {
    await this.field(label).fill(text);
  }

  /** Chooses from the list with this label. */
  async picks(label: string, option: string): Promise<void> {
    await this.field(label).selectOption({ label: option });
  }

  /** The field with this label; a section may have the same name. */
  field(label: string): Locator {
    const fields = this.page.locator('input:not([type=hidden]), textarea, select');
    return fields.and(this.page.getByLabel(label, { exact: true }));
  }

  /** The browser asks for pages in this language from now on. */
  async reads(language: string): Promise<void> {
    await this.context.setExtraHTTPHeaders({ 'Accept-Language': language });
  }

  /** Signs in from the sign-in page; the next page may be any. */
  async signsIn({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.goes('/login');
    await this.writes('E-mail address', email);
    await this.writes('Password', password);
    await this.clicks('Sign in');
  }

  /** Opens the name menu, top right, and follows one of its entries. */
  async chooses({ name }: Pick<Person, 'name'>, entry: string): Promise<void> {
    await this.page.locator('header').getByText(name, { exact: true }).click();
    await this.clicks(entry);
  }

  async signsOut(person: Pick<Person, 'name'>): Promise<void> {
    await this.chooses(person, 'Sign out');
  }

  /** Types a code into the field with this label, and sends it. */
  async answers(label: string, code: string, button = 'Continue'): Promise<void> {
    await this.writes(label, code);
    await this.clicks(button);
  }

  /** Holds a phone before the screen, which shows codes of the portal's time from then on. */
  async scans(): Promise<Phone> {
    return Phone.scans(readQrCode(await this.page.screenshot({ fullPage: true })), this.portal.clock);
  }

  /** The backup codes on the page, as they are written there. */
  backupCodes(): Promise<string[]> {
    return this.page
      .locator('code')
      .filter({ hasText: /^(\w{4}-){3}\w{4}$/ })
      .allTextContents();
  }

  heading(): Promise<string> {
    return this.page.getByRole('heading', { level: 1 }).innerText();
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** The element with the focus: a field by its label, any other by its words. */
  attended(): Promise<string> {
    return this.page.evaluate<string>(`(() => {
      const { labels, textContent } = document.activeElement;
      return (labels?.[0]?.textContent ?? textContent).replace(/\\s+/g, ' ').trim();
    })()`);
  }

  /** Where the browser is. */
  get path(): string {
    const { pathname, search } = new URL(this.page.url());
    return `${pathname}${search}`;
  }

  /** Waits while the portal's clock advances. */
  async waits(seconds: number): Promise<void> {
    this.portal.clock.passesSeconds(seconds);
    await this.clockShows(this.portal.clock.now());
  }

  /** Sets the clock of this computer, UTC ms; pages that are opened later use it. */
  async clockShows(at: number): Promise<void> {
    await this.context.addInitScript({ content: `Date.now = () => ${at};` });
  }

  async leaves(): Promise<void> {
    await this.context.close();
  }
}
