import { AsyncResource } from 'node:async_hooks';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  type EntitySubscriberInterface,
  type QueryRunner,
  type TransactionCommitEvent,
  type TransactionRollbackEvent,
} from 'typeorm';

type Work = () => void;

/** Does something once a unit of work has been committed, and never when it was rolled back. */
@Injectable()
export class CommitWatch implements EntitySubscriberInterface, OnModuleInit {
  private readonly pending = new WeakMap<QueryRunner, Work[]>();
  /** What follows a commit is no part of the unit, and must not inherit its asynchronous context. */
  private readonly outside = new AsyncResource('CommitWatch');

  constructor(private readonly database: DataSource) {}

  onModuleInit(): void {
    this.database.subscribers.push(this);
  }

  /** Runs `work` after the manager's transaction; without one, soon. */
  afterCommit(manager: EntityManager, work: Work): void {
    const runner = manager.queryRunner;
    if (runner?.isTransactionActive) this.pending.set(runner, [...(this.pending.get(runner) ?? []), work]);
    else this.soon(work);
  }

  afterTransactionCommit({ queryRunner }: TransactionCommitEvent): void {
    // A nested transaction ends with a savepoint: only the outermost one commits.
    if (queryRunner.isTransactionActive) return;
    const due = this.pending.get(queryRunner) ?? [];
    this.pending.delete(queryRunner);
    due.forEach((work) => this.soon(work));
  }

  afterTransactionRollback({ queryRunner }: TransactionRollbackEvent): void {
    this.pending.delete(queryRunner);
  }

  private soon(work: Work): void {
    this.outside.runInAsyncScope(() => setImmediate(work));
  }
}
