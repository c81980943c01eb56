import { describeLimits } from '@ticketing/common/testing';
import { payments } from '../src/service';
import { paymentsWorld } from './world';

const { service } = paymentsWorld();
describeLimits(payments, () => service);
