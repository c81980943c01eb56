import { startService } from '@ticketing/common';
import { orders } from './service';

void startService(orders);
