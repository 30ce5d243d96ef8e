/** A value that is sent beside the text of a statement. */
export type SqlParameter = string | number | null;

/** A statement in the syntax of its database, with its parameters in order. */
export interface SqlStatement {
  readonly text: string;
  readonly parameters: SqlParameter[];
}

/** How a database writes the `place`th parameter of a statement, counted from 0: `?` or `$1`. */
export type Placeholder = (place: number) => string;

/** The text between the `:names` of a statement, the names, and the finished text for each style of placeholder. */
interface Parts {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly texts: Map<string, string>;
}

/** Statements are constants of the code, so this cache is bounded. */
const known = new Map<string, Parts>();

/**
 * Replaces each `:name` by the placeholder of the database. A list becomes one placeholder for each element. Texts escape a quote
 * by doubling it, as in the SQL standard; the backslash of MySQL is not known.
 *
 * @throws Error when a name has no value.
 */
export function toSqlStatement(
  sql: string,
  values: Readonly<Record<string, SqlParameter | readonly string[]>>,
  placeholder: Placeholder,
): SqlStatement {
  const parts = partsOf(sql);
  const parameters: SqlParameter[] = [];
  let lists = false;
  for (const name of parts.names) {
    const value = values[name];
    if (value === undefined) throw new Error(`A statement without its value: ${name}`);
    if (typeof value === 'object' && value !== null) {
      lists = true;
      parameters.push(...value);
    } else parameters.push(value);
  }
  return {
    text: lists ? textWith(parts, values, placeholder) : cachedText(parts, values, placeholder),
    parameters,
  };
}

function cachedText(
  parts: Parts,
  values: Parameters<typeof toSqlStatement>[1],
  placeholder: Placeholder,
): string {
  const first = placeholder(0);
  const found = parts.texts.get(first);
  if (found !== undefined) return found;
  const text = textWith(parts, values, placeholder);
  parts.texts.set(first, text);
  return text;
}

function textWith(
  { words, names }: Parts,
  values: Parameters<typeof toSqlStatement>[1],
  placeholder: Placeholder,
): string {
  let place = 0;
  const next = (): string => placeholder(place++);
  return names.reduce((text, name, i) => {
    const value = values[name];
    const placeholders = Array.isArray(value) ? value.map(next).join(', ') : next();
    return text + placeholders + (words[i + 1] ?? '');
  }, words[0] ?? '');
}

/** A name, or a part of a statement in which a colon begins none: texts, quoted names, comments and casts. */
const nameOrOther = /'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[^]*?\*\/|::|:([a-z_]\w*)/gi;

function partsOf(sql: string): Parts {
  const found = known.get(sql);
  if (found) return found;
  const words: string[] = [];
  const names: string[] = [];
  let end = 0;
  for (const { 0: match, 1: name, index } of sql.matchAll(nameOrOther)) {
    if (name === undefined) continue;
    words.push(sql.slice(end, index));
    names.push(name);
    end = index + match.length;
  }
  const parts = { words: [...words, sql.slice(end)], names, texts: new Map<string, string>() };
  known.set(sql, parts);
  return parts;
}
