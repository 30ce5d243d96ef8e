import { Controller, Get, Param } from '@nestjs/common';
import { SignedIn, Staff } from '../auth/common/access.decorators.js';
import { OpenToAgents } from '../impersonation/open-to-agents.decorator.js';
import { PortalProblem, SeeOther } from '../portal/problems/problem.js';

/**
 * The addresses of buttons. A reload or a restored tab opens them with GET: people go to the page with the button. For programs there is nothing.
 */
@Controller()
@SignedIn()
export class PagesOfActionsController {
  @Get('logout')
  @OpenToAgents()
  signOut(): never {
    throw buttonOn('/');
  }

  @Get('account/sessions/:id/end')
  endSession(): never {
    throw buttonOn('/account/sessions');
  }

  @Get('staff/impersonation/end')
  @Staff()
  @OpenToAgents()
  endImpersonation(): never {
    throw buttonOn('/');
  }

  @Get('services/:id/epp-code')
  showEppCode(@Param('id') id: string): never {
    throw buttonOn(`/services/${encodeURIComponent(id)}`);
  }

  @Get('services/:id/registrar-lock/on')
  lock(@Param('id') id: string): never {
    throw buttonOn(`/services/${encodeURIComponent(id)}`);
  }

  @Get('services/:id/registrar-lock/off')
  unlock(@Param('id') id: string): never {
    throw buttonOn(`/services/${encodeURIComponent(id)}`);
  }

  @Get('account/tokens/:id/revoke')
  revokeToken(): never {
    throw buttonOn('/account/tokens');
  }

  @Get('approvals/:id/refuse')
  refuseApproval(@Param('id') id: string): never {
    throw buttonOn(`/approvals/${encodeURIComponent(id)}`);
  }

  @Get('tickets/:id/close')
  @OpenToAgents()
  closeTicket(@Param('id') id: string): never {
    throw buttonOn(`/tickets/${encodeURIComponent(id)}`);
  }
}

function buttonOn(page: string): SeeOther {
  return new SeeOther(page, new PortalProblem('NOT_FOUND', 'This address only takes what a form sends.'));
}
