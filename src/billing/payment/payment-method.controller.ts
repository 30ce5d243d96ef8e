import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { currentAccount } from '../../accounts/current-account.js';
import { SignedIn } from '../../auth/common/access.decorators.js';
import { Pages } from '../../pages/pages.js';
import { readForm, refusedForm } from '../../portal/forms/form.js';
import { ActBrakes, untilText } from '../../portal/fresh/act-brakes.js';
import { Braked } from '../../portal/fresh/braked.decorator.js';
import { Fresh } from '../../portal/fresh/fresh.decorator.js';
import { redirect } from '../../portal/http/redirect.js';
import { PaymentGateway } from './payment-gateway.js';
import type { PaymentMethodRow } from './payment-method.entity.js';
import { PaymentMethodForm, paymentPage, unknownToken } from './payment-method.form.js';
import { PaymentMethods } from './payment-methods.js';

/** How the signed-in person pays. */
@Controller('account/payment-method')
@SignedIn()
export class PaymentMethodController {
  constructor(
    private readonly methods: PaymentMethods,
    private readonly gateway: PaymentGateway,
    private readonly brakes: ActBrakes,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const { id } = currentAccount(request);
    const [method, wait] = [await this.methods.find(id), await this.brakes.shown(id)];
    const { samples } = this.gateway;
    const model = { method, samples, wait, done: request.query['done'] === 'changed' };
    const json = {
      ...(wait && { possibleFrom: untilText(wait) }),
      paymentMethod: method && jsonOf(method),
      test: samples !== null,
    };
    await this.pages.answer(request, response, { view: 'billing/payment-method', model, json });
  }

  /** A thief would have the next payments, or payouts, go elsewhere. */
  @Post()
  @HttpCode(200)
  @Fresh(10, { act: 'payment-method.change', title: 'act.payment-method' })
  @Braked('payment-method.change')
  async change(@Req() request: Request, @Res() response: Response): Promise<void> {
    const method = await this.methods.find(currentAccount(request).id);
    const page = paymentPage({ method, samples: this.gateway.samples });
    const { token } = readForm(PaymentMethodForm, request.body, page);
    const card = await this.gateway.redeem(token);
    if (!card) throw refusedForm(unknownToken, page, {});
    await this.methods.change(request, card);
    redirect(request, response, '/account/payment-method?done=changed', { paymentMethod: jsonOf(card) });
  }
}

/** The gateway's reference is of no use to a client. */
function jsonOf({ brand, last4, expires }: Pick<PaymentMethodRow, 'brand' | 'last4' | 'expires'>) {
  return { brand, last4, expires };
}
