import { Injectable } from '@nestjs/common';
import { portalEvents } from '../events/catalogue.js';
import type { FormPage } from '../portal/forms/form.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { ProblemPage } from '../portal/problems/problem.js';
import { type AuditFilter, placeText } from './audit-filter.js';
import type { AuditPage, ListedEntry } from './audit-list.js';

const view = 'audit/list';

/** What the page of the list shows. */
@Injectable()
export class AuditListPage {
  constructor(private readonly modules: InstalledModules) {}

  of({ entries, next }: AuditPage, { after: _, ...filter }: AuditFilter): ProblemPage {
    const listed = entries.map((entry) => ({ ...entry, details: detailsOf(entry) }));
    return { view, model: { entries: listed, after: next && placeText(next), ...this.form(filter) } };
  }

  /** The form again, and no entries. */
  readonly again: FormPage = (errors, filter) => ({ view, model: { errors, ...this.form(filter) } });

  private form(filter: AuditFilter): Record<string, unknown> {
    return { filter, filtered: Object.keys(filter).length > 0, events: this.choices(filter) };
  }

  /** The events to choose from; what narrows the list is among them also where nobody tells it any more. */
  private choices({ event }: AuditFilter): { name: string; told: boolean }[] {
    const names = [...Object.keys(portalEvents), ...this.modules.events()];
    const told = names.map((name) => ({ name, told: true }));
    return event === undefined || names.includes(event) ? told : [{ name: event, told: false }, ...told];
  }
}

function detailsOf({ data }: ListedEntry): { name: string; value: string }[] {
  return Object.entries(data).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
