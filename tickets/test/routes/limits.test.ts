import { describeLimits, testService } from '@ticketing/common/testing';
import { tickets } from '../../src/service';

const service = testService(tickets);
describeLimits(tickets, () => service);
