import { Publisher } from '@ticketing/common';

export class ExpirationCompletePublisher extends Publisher<'expiration:complete'> {
  readonly subject = 'expiration:complete';
}
