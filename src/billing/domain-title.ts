import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import type { ActValues } from '../portal/fresh/act-titles.js';
import { Services } from './services/services.service.js';

/** The domain that an action concerns; an unknown one looks like that of another account. */
@Injectable()
export class DomainTitle implements ActValues {
  constructor(private readonly services: Services) {}

  async of(request: Request): Promise<{ domain: string } | null> {
    const service = await this.services.find(currentAccount(request).id, String(request.params['id']));
    return service && { domain: service.label };
  }
}
