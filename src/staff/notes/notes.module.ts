import { Module } from '@nestjs/common';
import { ClientNotesController } from './client-notes.controller.js';
import { ClientNotes } from './client-notes.js';
import { Notes } from './notes.service.js';

/** What staff write for staff, about clients and tickets. */
@Module({
  controllers: [ClientNotesController],
  providers: [ClientNotes, Notes],
  exports: [ClientNotes, Notes],
})
export class NotesModule {}
