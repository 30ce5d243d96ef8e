import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { TwoFactorEvent } from 'nestjs-two-factor';

/** Writes down what two-factor tells. */
@Injectable()
export class Diary {
  private readonly told: TwoFactorEvent[] = [];

  @OnEvent('two-factor.**')
  note(event: TwoFactorEvent): void {
    this.told.push(event);
  }

  /** The names of what was told of an account, in order. */
  of(accountId: string): string[] {
    return this.told.filter((event) => event.accountId === accountId).map(({ name }) => name);
  }

  /** From which addresses what was told of an account came, each once. */
  addressesOf(accountId: string): unknown[] {
    return [...new Set(this.told.filter((event) => event.accountId === accountId).map(({ ip }) => ip))];
  }
}
