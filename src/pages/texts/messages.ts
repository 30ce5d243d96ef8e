import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance, type i18n } from 'i18next';

/** The values for a text, by the names in its `{{…}}`. */
export type MessageValues = Readonly<Record<string, unknown>>;

/** There is no text with this key: a defect of the caller. */
export class UnknownMessage extends Error {
  override readonly name = 'UnknownMessage';

  constructor(key: string, locale: string) {
    super(`There is no text "${key}" in the language ${locale}.`);
  }
}

/** The language that has every text. */
export const defaultLocale = 'en';

type Catalogues = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The languages of a folder's texts, the default one first. */
export function localesIn(folder: string): readonly string[] {
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return [...new Set([defaultLocale, ...files.map((file) => basename(file, '.json')).sort()])];
}

/** All texts by key. The portal and its modules have flat JSON files, one for each language; the texts of the overrides win. */
export class Messages {
  /** The languages of the first folder, the portal's. A language that only a module has would give half-translated pages. */
  readonly locales: readonly string[];
  private readonly texts: i18n;

  /**
   * @param overrides folders of texts that replace those of the same key; the last folder wins.
   * @throws when two folders give the same key, or a file is not a flat object of texts.
   */
  constructor(folders: readonly string[], overrides: readonly string[] = []) {
    const catalogues = new Map<string, Map<string, string>>();
    folders.forEach((folder) => read(catalogues, folder, false));
    overrides.forEach((folder) => read(catalogues, folder, true));
    this.locales = localesIn(folders[0] ?? '');
    this.texts = translator(catalogues, this.locales);
  }

  /** The closest available language to this one (BCP 47): `de` for `de-AT`; null when there is none. */
  closest(locale: string | null): string | null {
    const language = locale?.split('-')[0]?.toLowerCase();
    return this.locales.find((one) => one === locale) ?? this.locales.find((one) => one === language) ?? null;
  }

  has(locale: string, key: string): boolean {
    return this.texts.exists(key, { lng: locale });
  }

  /**
   * The text with its `{{name}}` filled in. With a value `count`, the key's plural form (`key.one`, `key.other`) is used if it
   * exists. The result is not escaped; the page does that.
   * @throws UnknownMessage
   */
  text(locale: string, key: string, values: MessageValues = {}): string {
    const count = typeof values['count'] === 'number' ? values['count'] : undefined;
    if (!this.texts.exists(key, { lng: locale, count })) throw new UnknownMessage(key, locale);
    // Passed as `replace`, so that no value is read as an option. The values themselves are never looked up.
    return this.texts.t(key, { lng: locale, count, replace: shown(values), nest: false });
  }
}

/** Keys are not nested: a dot is part of the key, except before the plural form at the end. */
function translator(catalogues: Catalogues, locales: readonly string[]): i18n {
  const resources = Object.fromEntries(
    [...catalogues].map(([locale, texts]) => [locale, { translation: Object.fromEntries(texts) }]),
  );
  const made = createInstance();
  void made.init({
    resources,
    initAsync: false,
    lng: defaultLocale,
    fallbackLng: defaultLocale,
    supportedLngs: [...locales],
    nonExplicitSupportedLngs: true,
    keySeparator: false,
    nsSeparator: false,
    pluralSeparator: '.',
    contextSeparator: '|',
    interpolation: { escapeValue: false },
  });
  return made;
}

function read(catalogues: Map<string, Map<string, string>>, folder: string, override: boolean): void {
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const texts = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
    const locale = basename(file, '.json');
    const catalogue = catalogues.get(locale) ?? new Map<string, string>();
    catalogues.set(locale, catalogue);
    for (const [key, text] of Object.entries(texts)) {
      if (typeof text !== 'string') throw new Error(`The message ${key} (${locale}) is not a text.`);
      if (catalogue.has(key) && !override) throw new Error(`The message ${key} (${locale}) is given twice.`);
      catalogue.set(key, text);
    }
  }
}

/** Keeps texts and numbers. All other values are left out, because they would show internal data. */
function shown(values: MessageValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ]),
  );
}
