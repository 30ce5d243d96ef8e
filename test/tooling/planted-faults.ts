const core = 'modules/two-factor/src/core';
const lines = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('\n');

/** One fault for each limit and rule of the project: [the fault, its rule, its file, its text]. */
export const faults: readonly (readonly [what: string, rule: string, file: string, text: string])[] = [
  ['a file of 201 lines', 'max-lines', 'src/long.ts', lines(201, (n) => `export const a${n} = ${n};`)],
  ['a spec of 301 lines', 'max-lines', 'src/long.spec.ts', lines(301, (n) => `export const a${n} = ${n};`)],
  [
    'a function of 41 lines',
    'house/function-lines',
    'src/long-function.ts',
    `export function count(list: number[]): void {\n${lines(39, (n) => `  list.push(${n});`)}\n}`,
  ],
  [
    'a test of 41 lines',
    'house/function-lines',
    'src/long-test.spec.ts',
    `declare function it(name: string, story: () => void): void;\nit('goes on', () => {\n${lines(39, (n) => `  it('${n}', () => undefined);`)}\n});`,
  ],
  [
    'nine ways through a function',
    'complexity',
    'src/tangled.ts',
    `export const sign = (n: number): number => ${lines(8, (n) => `n === ${n} ? ${n} :`)} 9;`,
  ],
  [
    'four levels of nesting',
    'max-depth',
    'src/deep.ts',
    `export function dig(n: number): void { if (n > 1) { if (n > 2) { if (n > 3) { if (n > 4) dig(n); if (n > 5) { dig(n); } } } } }`,
  ],
  [
    'five parameters',
    'house/parameter-count',
    'src/greedy.ts',
    `export const sum = (a: number, b: number, c: number, d: number, e: number): number => a + b + c + d + e;`,
  ],
  [
    'six things injected',
    'house/parameter-count',
    'src/greedy.service.ts',
    `declare const Injectable: () => ClassDecorator;\n@Injectable()\nexport class Greedy { constructor(readonly a: string, readonly b: string, readonly c: string, readonly d: string, readonly e: string, readonly f: string) {} }`,
  ],
  [
    'any',
    '@typescript-eslint/no-explicit-any',
    'src/loose.ts',
    `export const loose = (a: any): unknown => a;`,
  ],
  [
    'a promise nobody waits for',
    '@typescript-eslint/no-floating-promises',
    'src/floating.ts',
    `export const go = (work: () => Promise<void>): void => { work(); };`,
  ],
  [
    'a type imported as a value',
    '@typescript-eslint/consistent-type-imports',
    'src/takes-a-type.ts',
    `import { Shape } from './shape.js';\nexport const round = (shape: Shape): Shape => shape;`,
  ],
  ['a word on the console', 'no-console', 'src/chatty.ts', `console.log('x');`],
  [
    'the machine’s time',
    'no-restricted-syntax',
    'src/now.ts',
    `export const now = (): number => Date.now();`,
  ],
  ['today as a Date', 'no-restricted-syntax', 'src/today.ts', `export const today = (): Date => new Date();`],
  ['a test that sleeps', 'no-restricted-syntax', 'src/sleepy.spec.ts', `setTimeout(() => undefined, 50);`],
  ['a file in CamelCase', 'house/file-name', 'src/LoginFlow.ts', `export const x = 1;`],
  ['a file of helpers', 'house/file-name', 'src/string.utils.ts', `export const x = 1;`],
  ['a Manager', 'house/empty-words', 'src/session.ts', `export class SessionManager {}`],
  ['a BaseThing', 'house/empty-words', 'src/thing.ts', `export abstract class BaseThing { abstract a: 1 }`],
  [
    'a name that repeats the package’s',
    'house/no-repeated-name',
    `${core}/repeated.ts`,
    `export class TwoFactorDraftOfNoDoor { readonly a = 1 }`,
  ],
  [
    'more of Nest than its two marks in the core',
    'no-restricted-imports',
    `${core}/greedy.ts`,
    `import { Injectable, Logger } from '@nestjs/common';\nexport const both = [Injectable, Logger];`,
  ],
  [
    'a copy that wins over a named member',
    'house/spread-first',
    `${core}/overwritten.ts`,
    `export const passed = (copied: { status?: string }): object => ({ status: 'passed', ...copied });`,
  ],
  [
    'a comment that silences a rule',
    'no-console',
    'src/silenced.ts',
    `/* eslint-disable no-console */\nconsole.log('x');`,
  ],
  [
    'a compiler error silenced',
    '@typescript-eslint/ban-ts-comment',
    'src/ignored.ts',
    `// @ts-ignore\nexport const x: number = '1';`,
  ],
];

/** Correct code that the rules must accept. */
export const sound: Readonly<Record<string, string>> = {
  [`${core}/copied-first.ts`]: `export const passed = (copied: { status?: string }): object => ({ ...copied, status: 'passed' });`,
  [`${core}/literal-behind.ts`]: `export const page = (code?: string): object => ({ ...{ a: 1 }, b: 2, ...(code && { code }) });`,
  'src/shape.ts': `export interface Shape { readonly corners: number }`,
  'src/clock.ts': `export const now = (): number => Date.now();`,
  'src/parsed.ts': `export const parsed = (at: number): Date => new Date(at);`,
  'src/cli/said.ts': `console.log('x');`,
  'src/base32.ts': `export const base32Of = (text: string): string => text;\nexport const database = base32Of('x');`,
  'src/chapters.spec.ts': `declare function describe(name: string, chapter: () => void): void;\ndescribe('a chapter', () => {\n${lines(60, (n) => `  describe('${n}', () => undefined);`)}\n});`,
  'src/on-each.spec.ts': `declare function forEachDatabase(name: string, chapter: () => void): void;\nforEachDatabase('a chapter on', () => {\n${lines(60, () => `  forEachDatabase('x', () => undefined);`)}\n});`,
  'src/five.service.ts': `declare const Injectable: () => ClassDecorator;\n@Injectable()\nexport class Five { constructor(readonly a: string, readonly b: string, readonly c: string, readonly d: string, readonly e: string) {} }`,
  'src/metadata.service.ts': `import { Five } from './five.service.js';\ndeclare const Injectable: () => ClassDecorator;\n@Injectable()\nexport class Metadata { constructor(readonly five: Five) {} }`,
  [`${core}/marked.ts`]: `import { Inject, Injectable } from '@nestjs/common';\nexport const marks = [Inject, Injectable];`,
};
