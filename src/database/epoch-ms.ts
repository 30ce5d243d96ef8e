import type { ValueTransformer } from 'typeorm';

/** Times are stored as bigint, which drivers return as text: UTC milliseconds since 1970 as a number, both ways. */
export const epochMs: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};
