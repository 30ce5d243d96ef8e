import { Global, Module } from '@nestjs/common';
import { EqualPosts } from './equal-posts.js';
import { EndedSessions } from './kept-forms/ended-sessions.js';
import { KeptFormStore } from './kept-forms/kept-form-store.js';
import { KeptForms } from './kept-forms/kept-forms.js';
import { PagesOfActionsController } from './pages-of-actions.controller.js';
import { StoredAnswers } from './stored-answers.js';

/** What happens to posted forms before and besides their handlers. Global, because guard and pages need it. */
@Global()
@Module({
  controllers: [PagesOfActionsController],
  providers: [EqualPosts, StoredAnswers, EndedSessions, KeptFormStore, KeptForms],
  exports: [EqualPosts, KeptForms],
})
export class FormPostsModule {}
