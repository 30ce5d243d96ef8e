import { Global, Module } from '@nestjs/common';
import { ActBrakes } from './act-brakes.js';
import { ActTitles } from './act-titles.js';

/** What `@Fresh` and `@Braked` need, for all modules. */
@Global()
@Module({ providers: [ActBrakes, ActTitles], exports: [ActBrakes, ActTitles] })
export class FreshModule {}
