import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Public } from '../../auth/common/access.decorators.js';
import { AssetStore } from './asset-store.js';

/** Stylesheets and scripts. They are public and the same for all people, so they are the only answers that are compressed. */
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: AssetStore) {}

  @Public()
  @Get(':file')
  async file(@Param('file') file: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const asset = this.assets.find(file);
    if (!asset) throw new NotFoundException();
    const coding = asset.codingFor(request.acceptsEncodings());
    response.set('Cache-Control', 'public, max-age=31536000, immutable').set('Content-Type', asset.type);
    response.vary('Accept-Encoding');
    if (coding) response.set('Content-Encoding', coding);
    response.send(coding ? await asset.in(coding) : asset.body);
  }
}
