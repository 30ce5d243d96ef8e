/** An answer that a guard gives in place of the handler, and that is no refusal: JSON, with a status below 400. */
export class EarlyAnswer extends Error {
  override readonly name = 'EarlyAnswer';

  constructor(
    readonly status: number,
    readonly json: Readonly<Record<string, unknown>>,
  ) {
    super('This request is answered before its handler.');
  }
}
