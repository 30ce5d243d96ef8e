import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../auth/marks.js';
import { AssetStore } from './asset-store.js';

/** Stylesheets and scripts: open to everybody, the same for everybody. */
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: AssetStore) {}

  @Public()
  @Get(':file')
  file(@Param('file') file: string, @Res() response: Response): void {
    const asset = this.assets.find(file);
    if (!asset) throw new NotFoundException();
    response.set('Cache-Control', 'public, max-age=31536000, immutable').set('Content-Type', asset.type);
    response.send(asset.body);
  }
}
