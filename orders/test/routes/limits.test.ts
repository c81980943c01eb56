import { describeLimits, testService } from '@ticketing/common/testing';
import { orders } from '../../src/service';

const service = testService(orders);
describeLimits(orders, () => service);
