import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Content codings of bodies; the one with the smaller result comes first (RFC 9110 §8.4.1). */
const codings = ['br', 'gzip'] as const;

export type Coding = (typeof codings)[number];

/** Smaller files fit into one packet uncompressed. */
const worthPacking = 1_000;

/** Higher Brotli levels take ten times as long and save only a twentieth of the size. */
const brotliEffort = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** A file as browsers get it. */
export class Asset {
  private readonly packed = new Map<Coding, Promise<Buffer>>();

  constructor(
    /** Its Content-Type. */
    readonly type: string,
    private readonly text: string,
  ) {}

  /** The uncompressed content. */
  get body(): Buffer {
    return Buffer.from(this.text);
  }

  /** The best coding that a browser accepts; null: uncompressed. */
  codingFor(taken: readonly string[]): Coding | null {
    if (this.text.length < worthPacking) return null;
    return codings.find((coding) => taken.includes(coding)) ?? null;
  }

  /** The compressed content. It is compressed once, when the first browser asks, without blocking other requests. */
  in(coding: Coding): Promise<Buffer> {
    const known = this.packed.get(coding);
    if (known) return known;
    const made = coding === 'br' ? brotli(this.body, brotliEffort) : zip(this.body, { level: 9 });
    this.packed.set(coding, made);
    return made;
  }
}

const brotli = promisify(brotliCompress) as (body: Buffer, options: object) => Promise<Buffer>;
const zip = promisify(gzip) as (body: Buffer, options: object) => Promise<Buffer>;
