import { startService } from '@ticketing/common';
import { auth } from './service';

void startService(auth);
