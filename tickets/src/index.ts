import { startService } from '@ticketing/common';
import { tickets } from './service';

void startService(tickets);
