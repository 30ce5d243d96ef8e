import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What is filled into a text, by the names in its `{{…}}`. */
export type MessageValues = Readonly<Record<string, unknown>>;

/** There is no text with this key: a defect of whoever asked. */
export class UnknownMessage extends Error {
  override readonly name = 'UnknownMessage';

  constructor(key: string, locale: string) {
    super(`There is no text "${key}" in the language ${locale}.`);
  }
}

/** The language that always has every text. */
export const defaultLocale = 'en';

/** All texts by key: flat JSON files, one a language, of the portal and its modules; the overrides' texts win. */
export class Messages {
  private readonly catalogues = new Map<string, Map<string, string>>();

  /** @throws when two folders give the same key, or a file is not a flat object of texts. */
  constructor(folders: readonly string[], overrides?: string) {
    folders.forEach((folder) => this.read(folder, false));
    if (overrides) this.read(overrides, true);
  }

  /** The languages there are, the default one first. */
  get locales(): string[] {
    return [defaultLocale, ...[...this.catalogues.keys()].filter((locale) => locale !== defaultLocale)];
  }

  has(locale: string, key: string): boolean {
    return this.find(locale, key) !== undefined;
  }

  /**
   * The text, with its `{{name}}` filled in. With a value `count`, the key's plural form (`key.one`, `key.other`) is
   * taken where there is one. Not escaped: that is the page's part.
   * @throws UnknownMessage
   */
  text(locale: string, key: string, values: MessageValues = {}): string {
    const text = this.plural(locale, key, values) ?? this.find(locale, key);
    if (text === undefined) throw new UnknownMessage(key, locale);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => shown(values[name]));
  }

  private plural(locale: string, key: string, { count }: MessageValues): string | undefined {
    if (typeof count !== 'number') return undefined;
    return this.find(locale, `${key}.${new Intl.PluralRules(locale).select(count)}`);
  }

  private find(locale: string, key: string): string | undefined {
    return this.catalogues.get(locale)?.get(key) ?? this.catalogues.get(defaultLocale)?.get(key);
  }

  private read(folder: string, override: boolean): void {
    if (!existsSync(folder)) return;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const texts = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
      this.add(basename(file, '.json'), Object.entries(texts), override);
    }
  }

  private add(locale: string, texts: [string, unknown][], override: boolean): void {
    const catalogue = this.catalogues.get(locale) ?? new Map<string, string>();
    this.catalogues.set(locale, catalogue);
    for (const [key, text] of texts) {
      if (typeof text !== 'string') throw new Error(`The message ${key} (${locale}) is not a text.`);
      if (catalogue.has(key) && !override) throw new Error(`The message ${key} (${locale}) is given twice.`);
      catalogue.set(key, text);
    }
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
