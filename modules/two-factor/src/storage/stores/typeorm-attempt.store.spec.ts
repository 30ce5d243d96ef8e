import { mariadb, onEach, postgres, sqlite, type Scratch } from '../scratch.fixture.js';
import { Statements } from 'typeorm-unit-of-work';
import { TypeOrmAttemptStore } from './typeorm-attempt.store.js';

const now = Date.UTC(2030, 0, 1);
const minute = 60_000;

/** Sends statements. Before the second change, another node's maintenance sweeps a moment later. */
class Interrupted extends Statements {
  private changes = 0;
  sweep: () => Promise<void> = async () => undefined;

  override async executeOne(...statement: Parameters<Statements['executeOne']>): Promise<boolean> {
    this.changes += 1;
    if (this.changes === 2) await this.sweep();
    return super.executeOne(...statement);
  }
}

onEach([sqlite, postgres, mariadb], (database) => {
  let scratch: Scratch;
  beforeAll(async () => {
    scratch = await database.scratch();
    await scratch.dataSource.runMigrations();
  });
  afterAll(() => scratch.drop());

  it('the first charge of a window counts, even if a sweep runs between the creation of its row and the charge', async () => {
    const statements = new Interrupted(scratch.dataSource);
    statements.sweep = () => new TypeOrmAttemptStore(new Statements(scratch.dataSource)).sweep(now + 1);
    const attempts = new TypeOrmAttemptStore(statements);
    expect(await attempts.consumeWindow('ann', 5, minute, now)).toBe(true);
    expect(await attempts.read(['ann'])).toEqual([
      { subject: 'ann', misses: 1, waitsUntil: 0, windowEnds: now + minute },
    ]);
  });
});
