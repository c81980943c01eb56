import { startService } from '@ticketing/common';
import { expiration } from './service';

void startService(expiration);
