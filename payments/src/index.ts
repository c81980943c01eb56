import { startService } from '@ticketing/common';
import { payments } from './service';

void startService(payments);
