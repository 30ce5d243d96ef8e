import { Global, Module } from '@nestjs/common';
import { EqualPosts } from './equal-posts.js';
import { StoredAnswers } from './stored-answers.js';

/** What happens to posted forms before and besides their handlers. Global, because guard and pages need it. */
@Global()
@Module({
  providers: [EqualPosts, StoredAnswers],
  exports: [EqualPosts],
})
export class FormPostsModule {}
