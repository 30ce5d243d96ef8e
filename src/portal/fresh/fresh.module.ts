import { Global, Module } from '@nestjs/common';
import { ActTitles } from './act-titles.js';

/** What `@Fresh` needs, for all modules. */
@Global()
@Module({ providers: [ActTitles], exports: [ActTitles] })
export class FreshModule {}
