import { Injectable } from '@nestjs/common';
import { portalEvents } from '../events/catalogue.js';
import type { FormPage } from '../portal/forms/form.js';
import { InstalledModules } from '../portal/modules/modules.js';
import type { ProblemPage } from '../portal/problems/problem.js';
import { type AuditFilter, placeText } from './audit-filter.js';
import type { AuditPage, ListedEntry } from './audit-list.js';

const view = 'audit/list';

/** The model of the list page. */
@Injectable()
export class AuditListPage {
  constructor(private readonly modules: InstalledModules) {}

  render({ entries, next }: AuditPage, { after: _, ...filter }: AuditFilter): ProblemPage {
    const listed = entries.map((entry) => ({ ...entry, details: detailsOf(entry) }));
    return { view, model: { ...this.form(filter), entries: listed, after: next && placeText(next) } };
  }

  /** The form again, without entries. */
  readonly again: FormPage = (errors, filter) => ({ view, model: { ...this.form(filter), errors } });

  private form(filter: AuditFilter): Record<string, unknown> {
    return { filter, filtered: Object.keys(filter).length > 0, events: this.choices(filter) };
  }

  /** The events to choose from. The event of the current filter is included even if no module emits it any more. */
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
