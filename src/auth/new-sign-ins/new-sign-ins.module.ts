import { Module } from '@nestjs/common';
import { NewSignInNotification } from './new-sign-in-notification.js';
import { SeenBrowsers } from './seen-browsers.js';
import { SignInMails } from './sign-in-mails.js';

/** Mails about sign-ins from new browsers and networks. */
@Module({ providers: [NewSignInNotification, SeenBrowsers, SignInMails] })
export class NewSignInsModule {}
