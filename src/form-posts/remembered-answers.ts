import {
  type FirstAnswer,
  type FirstAnswers,
  type FormPost,
  isDoubleClick,
  type Turn,
} from './first-answers.js';

interface RememberedPost {
  readonly begunAt: number;
  readonly first: FirstAnswer | null;
}

/** The number of posts that a process remembers; beyond it, the oldest is forgotten. */
const most = 1_000;

/**
 * Answers in the memory of this process, for the sign-in: it may not cost a statement more. An equal post that reaches another node is judged by
 * itself. No answer is forgotten because of a later post: a sign-in has only one post that is carried out.
 */
export class RememberedAnswers implements FirstAnswers {
  private readonly entries = new Map<string, RememberedPost>();

  async enter(post: FormPost): Promise<Turn> {
    const known = await this.look(post);
    if (known !== null) return known;
    this.set(post, null);
    return 'first';
  }

  look({ id, begunAt }: FormPost): Promise<Turn | null> {
    const entry = this.entries.get(id);
    if (!entry || !isDoubleClick({ begunAt: entry.begunAt, runs: entry.first === null }, begunAt))
      return Promise.resolve(null);
    return Promise.resolve(entry.first ?? 'waiting');
  }

  keep(post: FormPost, first: FirstAnswer): Promise<void> {
    this.set(post, first);
    return Promise.resolve();
  }

  forget({ id }: FormPost): Promise<void> {
    this.entries.delete(id);
    return Promise.resolve();
  }

  /** Entries are in the order of their time, so the old ones are at the beginning. */
  private set({ id, begunAt }: FormPost, first: FirstAnswer | null): void {
    this.entries.delete(id);
    this.entries.set(id, { begunAt, first });
    for (const [old, entry] of this.entries) {
      if (this.entries.size <= most && isDoubleClick({ begunAt: entry.begunAt, runs: true }, begunAt)) break;
      this.entries.delete(old);
    }
  }
}
