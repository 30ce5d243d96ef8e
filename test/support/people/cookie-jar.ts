/** A browser's cookies for one host: the latest of each name, gone when they have expired. */
export class CookieJar {
  private readonly cookies = new Map<string, string>();

  /** Takes what an answer sets. */
  take(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const [name = '', ...value] = pair.split('=');
      const isGone = attributes.some((each) => /^(max-age=0|expires=thu, 01 jan 1970)/i.test(each));
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, value.join('='));
    }
  }

  /** The header of the next request; empty when there are none. */
  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(name: string): string | undefined {
    return this.cookies.get(name);
  }

  set(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  /** The browser loses a cookie, or all of them. */
  lose(...names: readonly string[]): void {
    for (const name of names.length > 0 ? names : [...this.cookies.keys()]) this.cookies.delete(name);
  }

  /** The same cookies in another browser. */
  copyTo(other: CookieJar): void {
    for (const [name, value] of this.cookies) other.set(name, value);
  }
}
