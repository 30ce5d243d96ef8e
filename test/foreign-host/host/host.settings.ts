import { Injectable } from '@nestjs/common';
import type { Requirement } from 'nestjs-two-factor';
import { keys } from './keys.js';

/** The settings that this host reads at its start. */
@Injectable()
export class HostSettings {
  readonly issuer: string = 'Example Hosting';
  readonly keys: string = keys;
  readonly require: Requirement = 'none';
}
