/** Where a page of a list ends whose latest rows come first; the next one begins behind it. */
export interface Place {
  /** The time of the last row, UTC ms. */
  readonly at: number;
  readonly id: string;
}

/** A place as it stands in addresses: `<time>-<id>`. */
export function placeText({ at, id }: Place): string {
  return `${at}-${id}`;
}

/** Undefined: that is no place of any list. */
export function readPlace(text: string): Place | undefined {
  const [, at, id] = /^(\d{1,15})-([\w-]{1,64})$/.exec(text) ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}

/** A page of a list. */
export interface ListPage<T> {
  readonly shown: readonly T[];
  /** What the next page begins behind; undefined when this is the last one. */
  readonly last: T | undefined;
}

/** So many rows of those that `find` finds. */
export async function listPage<T>(
  size: number,
  find: (limit: number) => Promise<readonly T[]>,
): Promise<ListPage<T>> {
  // One more than shown tells whether there are more.
  const found = await find(size + 1);
  const shown = found.slice(0, size);
  return { shown, last: found.length > size ? shown.at(-1) : undefined };
}
