import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OpenApp } from '../host/open.app.js';
import { CatchAll, catchAllStories } from '../support/catch-all.stories.js';

@Module({ providers: [{ provide: APP_FILTER, useClass: CatchAll }] })
class FilterModule {}

@Module({ imports: [FilterModule, OpenApp] })
class BeforeApp {}

describe('a filter that catches everything, in a module before', () => catchAllStories({ app: BeforeApp }));
