import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { OpenApp } from '../host/open.app.js';
import { CatchAll, catchAllStories } from '../support/catch-all.stories.js';

@Module({ imports: [OpenApp], providers: [{ provide: APP_FILTER, useClass: CatchAll }] })
class AroundApp {}

describe('a filter that catches everything, in the module around', () => catchAllStories({ app: AroundApp }));
