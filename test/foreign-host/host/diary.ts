import { Injectable } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import type { TwoFactorEvent } from 'nestjs-two-factor';

/** Stores the events of two-factor. */
@Injectable()
export class Diary {
  private readonly told: TwoFactorEvent[] = [];

  @OnEvent('two-factor.**')
  note(event: TwoFactorEvent): void {
    this.told.push(event);
  }

  /** The names of an account's events, in order. */
  of(accountId: string): string[] {
    return this.told.filter((event) => event.accountId === accountId).map(({ name }) => name);
  }

  /** The addresses in an account's events, each once. */
  addressesOf(accountId: string): unknown[] {
    return [...new Set(this.told.filter((event) => event.accountId === accountId).map(({ ip }) => ip))];
  }
}
