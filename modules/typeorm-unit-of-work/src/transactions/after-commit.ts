import { AsyncResource } from 'node:async_hooks';
import type {
  DataSource,
  EntityManager,
  EntitySubscriberInterface,
  QueryRunner,
  TransactionCommitEvent,
  TransactionRollbackEvent,
} from 'typeorm';

/** A function to call after a commit. Its errors are its own: it runs outside of the transaction. */
export type Hook = () => void;

/** Calls functions after a transaction was committed, and never after it was rolled back. */
export class AfterCommit implements EntitySubscriberInterface {
  private readonly pending = new WeakMap<QueryRunner, Hook[]>();
  /** A hook does not belong to the transaction, and must not inherit its asynchronous context. */
  private readonly outside = new AsyncResource('AfterCommit');

  constructor(private readonly dataSource: DataSource) {}

  /** Calls `hook` after the commit of the manager's transaction. Without a transaction it is called soon. */
  run(manager: EntityManager, hook: Hook): void {
    this.subscribe();
    const runner = manager.queryRunner;
    if (runner?.isTransactionActive) this.pending.set(runner, [...(this.pending.get(runner) ?? []), hook]);
    else this.soon(hook);
  }

  /** Called by TypeORM. */
  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    // A nested transaction ends with a savepoint: only the outermost one commits.
    if (queryRunner.isTransactionActive) return;
    const hooks = this.pending.get(queryRunner) ?? [];
    this.pending.delete(queryRunner);
    hooks.forEach((hook) => this.soon(hook));
  }

  /** Called by TypeORM. */
  afterTransactionRollback({ queryRunner }: TransactionRollbackEvent): void {
    if (!queryRunner.isTransactionActive) this.pending.delete(queryRunner);
  }

  /** `initialize` of the DataSource replaces its list of subscribers, so this looks each time. */
  private subscribe(): void {
    const { subscribers } = this.dataSource;
    if (!subscribers.includes(this)) subscribers.push(this);
  }

  private soon(hook: Hook): void {
    this.outside.runInAsyncScope(() => setImmediate(hook));
  }
}
