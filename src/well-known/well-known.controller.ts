import { Controller, Get, Header, NotFoundException, Redirect, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../auth/common/access.decorators.js';
import { Clock } from '../clock.js';
import { Config } from '../config.js';
import { OpenToAgents } from '../impersonation/open-to-agents.decorator.js';
import { AssetStore } from '../pages/assets/asset-store.js';
import { InstalledModules } from '../portal/modules/modules.js';
import { securityText } from './security-text.js';

const day = 'public, max-age=86400';

/** Addresses that browsers, password managers and researchers ask for by name (RFC 8615). */
@Public()
@OpenToAgents()
@Controller()
export class WellKnownController {
  constructor(
    private readonly config: Config,
    private readonly modules: InstalledModules,
    private readonly assets: AssetStore,
    private readonly clock: Clock,
  ) {}

  /** A Well-Known URL for Changing Passwords (W3C). */
  @Get('.well-known/change-password')
  @Redirect('/account/password', 302)
  @Header('Cache-Control', 'no-store')
  changePassword(): void {
    // the decorator answers
  }

  /** Passkey Endpoints (W3C): where a password manager offers a passkey, and where people manage theirs. */
  @Get('.well-known/passkey-endpoints')
  passkeyEndpoints(@Res() response: Response): void {
    const endpoints = this.config.passkeys ? this.modules.passkeyEndpoints() : undefined;
    if (!endpoints) throw new NotFoundException();
    const { publicUrl } = this.config;
    response.set('Cache-Control', day);
    response.json({ enroll: publicUrl + endpoints.enroll, manage: publicUrl + endpoints.manage });
  }

  /** RFC 9116. */
  @Get('.well-known/security.txt')
  @Header('Cache-Control', day)
  @Header('Content-Type', 'text/plain; charset=utf-8')
  securityTxt(): string {
    const { securityContact, publicUrl } = this.config;
    if (securityContact === null) throw new NotFoundException();
    return securityText(securityContact, publicUrl, this.clock.now());
  }

  /** For browsers that do not read the page's own link; the icon of the theme, as on the pages. */
  @Get('favicon.ico')
  favicon(@Res() response: Response): void {
    const icon = this.assets.find(this.assets.address('icon.svg').replace('/assets/', ''));
    if (!icon) throw new NotFoundException();
    response.set('Cache-Control', day).set('Content-Type', icon.type).send(icon.body);
  }
}
