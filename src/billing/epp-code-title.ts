import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentAccount } from '../accounts/current-account.js';
import type { ActValues } from '../portal/fresh/act-titles.js';
import { Services } from './services/services.service.js';

/** The domain whose EPP code will be shown; an unknown one looks like that of another account. */
@Injectable()
export class EppCodeTitle implements ActValues {
  constructor(private readonly services: Services) {}

  async of(request: Request): Promise<{ domain: string } | null> {
    const service = await this.services.find(currentAccount(request).id, String(request.params['id']));
    return service && { domain: service.label };
  }
}
