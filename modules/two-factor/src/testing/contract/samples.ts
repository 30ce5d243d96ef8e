import { randomUUID } from 'node:crypto';
import type { TwoFactorEvent } from '../../core/contracts/events.js';
import type { RecordedEvent } from '../../core/contracts/stores/event.store.js';
import type { StoredFactor } from '../../core/contracts/stores/factor.store.js';
import type { LockDown, StopLink } from '../../core/contracts/stores/lock-down.store.js';
import type { RemovedFactor } from '../../core/contracts/stores/removed-factor.store.js';
import type { Token } from '../../core/contracts/stores/token.store.js';

/** The time of the contract's tests: UTC, milliseconds since 1970, which need more than 32 bits. */
export const now = Date.UTC(2030, 0, 1);

/** A new id, with letters that loose collations confuse. */
export function newId(): string {
  return `Zoë-${randomUUID()}`;
}

/** Ids that do not exist, although careless comparisons treat them as equal to `id`. */
export function oddIds(id: string): string[] {
  const spellings = [
    id.toUpperCase(),
    id.toLowerCase(),
    id.replace('ë', 'e'),
    id.normalize('NFD'),
    `${id} `,
    ` ${id}`,
    `${id}\0`,
    id.slice(0, -1),
    `${id.slice(0, -1)}_`,
    `${id.slice(0, -1)}%`,
  ];
  const others = [' ', '0', '%', 'x'.repeat(10_000), "' OR '1' = '1", newId()];
  return [...spellings, ...others, ...noIds(id)].filter((odd) => odd !== id);
}

/** Values that are no id, as a careless caller might pass them. */
export function noIds(id: string): string[] {
  const noText = [undefined, null, 0, true, [id], { id }, { account_id: 1 }] as unknown as string[];
  return ['', '\0', ...noText];
}

export function aFactor(accountId: string, more: Partial<StoredFactor> = {}): StoredFactor {
  const id = newId();
  const rest = { kind: 'totp', label: 'Phone 📱', sealed: 'v1.a.b.c', version: 1, createdAt: now };
  return { ...{ id, accountId, lastUsedAt: null }, ...rest, ...more };
}

export function aToken(accountId: string, more: Partial<Token> = {}): Token {
  const bound = { key: newId(), purpose: 'pending', subtype: 'challenge', stamp: 'stamp.1' } as const;
  const rest = { ...bound, sealed: null, misses: 0 };
  const times = { createdAt: now, expiresAt: now + 600_000 };
  return { ...{ id: newId(), accountId }, ...rest, ...times, ...more };
}

export function anEvent(accountId: string, more: Partial<TwoFactorEvent> = {}): RecordedEvent {
  const sample: TwoFactorEvent = {
    id: newId(),
    name: 'two-factor.enabled',
    version: 1,
    at: now,
    accountId,
    actor: { type: 'account', id: accountId },
    ip: '2001:db8::1',
    userAgent: 'Mozilla/5.0 “ünï” 📱',
    requestId: null,
    data: { kind: 'totp' },
  };
  const event: TwoFactorEvent = { ...sample, ...more };
  return { event, sideEffects: { endSessions: { keepKey: null, version: 1 } }, tries: 0 };
}

export function aRemovedFactor(accountId: string, more: Partial<RemovedFactor> = {}): RemovedFactor {
  const times = { removedAt: now, expiresAt: now + 600_000 };
  return { ...aFactor(accountId), ...times, ...{ replacedBy: null }, ...more };
}

export function aStopLink(accountId: string, more: Partial<StopLink> = {}): StopLink {
  const bound = {
    id: newId(),
    accountId,
    event: newId(),
    eventName: 'two-factor.enabled',
    recipient: newId(),
  };
  const times = { createdAt: now, expiresAt: now + 600_000 };
  return { ...bound, ...times, ...{ facts: { at: now } }, ...more };
}

export function aLockDown(accountId: string, more: Partial<LockDown> = {}): LockDown {
  const bound = { id: newId(), accountId, eventName: 'two-factor.enabled', recipient: newId() };
  const times = { createdAt: now, releasedAt: null };
  return { ...bound, ...times, ...more };
}
