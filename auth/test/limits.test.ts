import { describeLimits, testService } from '@ticketing/common/testing';
import { auth } from '../src/service';

const service = testService(auth);
describeLimits(auth, () => service);
