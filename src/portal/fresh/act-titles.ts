import { Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Request } from 'express';
import { LayoutContexts } from '../../pages/layout-contexts.js';
import { Messages } from '../../pages/texts/messages.js';

/** Reads the values for the title of an action, e.g. the domain of an EPP code. */
export interface ActValues {
  /** Null: the title without values (`<title>.unnamed`), for what the person must not learn, or what does not exist. */
  of(request: Request): Promise<Readonly<Record<string, string>> | null>;
}

/** The action of a route. */
export interface NamedAct {
  /** The stable name, for events and programs. */
  readonly act: string;
  /** Message key of what will happen. */
  readonly title: string;
  /** The provider of the title's values. */
  readonly values?: Type<ActValues> | undefined;
  /** The page with the form, with the route's own parameters, e.g. `/services/:id`. Left out: the address that the form is sent to. */
  readonly page?: string | undefined;
}

/** What an action will do, not yet in a language: a message key and its values. */
export interface ActTitle {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The titles of actions, in the reader's language. */
@Injectable()
export class ActTitles {
  constructor(
    private readonly reference: ModuleRef,
    private readonly messages: Messages,
    private readonly layoutContexts: LayoutContexts,
  ) {}

  async title(request: Request, act: NamedAct): Promise<string> {
    const locale = this.layoutContexts.localeOf(request);
    const { key, values } = (await this.find(request, act)) ?? { key: `${act.title}.unnamed`, values: {} };
    return this.messages.text(locale, key, values);
  }

  /** The title without a language; null where its values are not for this person, or do not exist. */
  async find(request: Request, { title: key, values }: NamedAct): Promise<ActTitle | null> {
    if (!values) return { key, values: {} };
    const found = await this.reference.get(values, { strict: false }).of(request);
    return found && { key, values: found };
  }
}
