import { Module } from '@nestjs/common';
import { BillingModule } from '../billing/billing.module.js';
import { DemoContent } from './demo-content.js';
import { DemoData } from './demo-data.js';

/** Something to look at on a first run. */
@Module({ imports: [BillingModule], providers: [DemoContent, DemoData], exports: [DemoData] })
export class DemoModule {}
