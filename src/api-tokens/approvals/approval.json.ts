import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import type { Approval } from './approval.js';

/** Approvals for programs. */
@Injectable()
export class ApprovalJson {
  constructor(private readonly config: Config) {}

  /** `url` is the page for the owner, and the address that the token asks. */
  of({ id, act, state, createdAt, expiresAt }: Approval): Readonly<Record<string, unknown>> {
    return {
      id,
      url: this.urlOf(id),
      expiresAt: new Date(expiresAt).toISOString(),
      state,
      act,
      createdAt: new Date(createdAt).toISOString(),
    };
  }

  urlOf(id: string): string {
    return `${this.config.publicUrl}/approvals/${id}`;
  }
}
