import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How bodies are packed for the way, the smaller first (RFC 9110 §8.4.1). */
const codings = ['br', 'gzip'] as const;

export type Coding = (typeof codings)[number];

/** Smaller files fit into one packet as they are. */
const worthPacking = 1_000;

/** Brotli's steps above this one take ten times as long for a twentieth of the size. */
const brotliEffort = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** A file as browsers get it. */
export class Asset {
  private readonly packed = new Map<Coding, Promise<Buffer>>();

  constructor(
    /** Its Content-Type. */
    readonly type: string,
    private readonly text: string,
  ) {}

  /** As it is. */
  get body(): Buffer {
    return Buffer.from(this.text);
  }

  /** The best coding among those that a browser takes; null: as it is. */
  codingFor(taken: readonly string[]): Coding | null {
    if (this.text.length < worthPacking) return null;
    return codings.find((coding) => taken.includes(coding)) ?? null;
  }

  /** Packed: once, aside from the requests of others, when the first browser asks. */
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
