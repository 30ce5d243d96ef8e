/** A value that goes with a statement. */
export type Bound = string | number | null;

/** A statement as its database takes it. */
export interface Written {
  readonly text: string;
  readonly bound: Bound[];
}

/** How a database marks the `place`th value of a statement, from 0. */
export type Mark = (place: number) => string;

/** What stands between the `:names` of a statement, and the names; and its text by the first mark, where it is always the same. */
interface Parts {
  readonly words: readonly string[];
  readonly names: readonly string[];
  readonly texts: Map<string, string>;
}

/** Statements are written in the code, so there are only so many. */
const known = new Map<string, Parts>();

/**
 * Puts marks in the place of `:names`. TypeORM's own binding writes numbers into the text, which spoils the statement cache
 * with every new moment.
 */
export function textOf(
  sql: string,
  values: Readonly<Record<string, Bound | readonly string[]>>,
  mark: Mark,
): Written {
  const parts = partsOf(sql);
  const bound: Bound[] = [];
  let lists = false;
  for (const name of parts.names) {
    const value = values[name];
    if (value === undefined) throw new Error(`A statement without its value: ${name}`);
    if (typeof value === 'object' && value !== null) {
      lists = true;
      bound.push(...value);
    } else bound.push(value);
  }
  return { text: lists ? marked(parts, values, mark) : lasting(parts, values, mark), bound };
}

function lasting(parts: Parts, values: Parameters<typeof textOf>[1], mark: Mark): string {
  const first = mark(0);
  const found = parts.texts.get(first);
  if (found !== undefined) return found;
  const text = marked(parts, values, mark);
  parts.texts.set(first, text);
  return text;
}

function marked({ words, names }: Parts, values: Parameters<typeof textOf>[1], mark: Mark): string {
  let place = 0;
  const next = (): string => mark(place++);
  return names.reduce((text, name, i) => {
    const value = values[name];
    const marks = Array.isArray(value) ? value.map(next).join(', ') : next();
    return text + marks + (words[i + 1] ?? '');
  }, words[0] ?? '');
}

function partsOf(sql: string): Parts {
  const found = known.get(sql);
  if (found) return found;
  const split = sql.split(/:(\w+)/);
  const parts = {
    words: split.filter((_, i) => i % 2 === 0),
    names: split.filter((_, i) => i % 2 === 1),
    texts: new Map<string, string>(),
  };
  known.set(sql, parts);
  return parts;
}
