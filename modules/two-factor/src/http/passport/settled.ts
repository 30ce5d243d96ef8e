/** Node's way to say that something is done. */
export type Done<T = unknown> = (error?: Error | null, value?: T) => void;

/** Waits for work that tells its end by a callback. */
export function settled<T>(work: (done: Done<T>) => void): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    work((error, value) => (error ? reject(error) : resolve(value)));
  });
}
