/** The end of a page in a list with the newest rows first; the next page begins after it. */
export interface Place {
  /** The time of the last row, UTC ms. */
  readonly at: number;
  readonly id: string;
}

/** A place in the form for addresses: `<time>-<id>`. */
export function placeText({ at, id }: Place): string {
  return `${at}-${id}`;
}

/** Returns undefined for text that is no place. */
export function readPlace(text: string): Place | undefined {
  const [, at, id] = /^(\d{1,15})-([\w-]{1,64})$/.exec(text) ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}

/** A page of a list. */
export interface ListPage<T> {
  readonly shown: readonly T[];
  /** The row before the next page; undefined when this is the last page. */
  readonly last: T | undefined;
}

/** Returns at most `size` rows of `find`. */
export async function listPage<T>(
  size: number,
  find: (limit: number) => Promise<readonly T[]>,
): Promise<ListPage<T>> {
  // One row more than shown reveals whether there is a next page.
  const found = await find(size + 1);
  const shown = found.slice(0, size);
  return { shown, last: found.length > size ? shown.at(-1) : undefined };
}
