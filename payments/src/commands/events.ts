import { runEventsCommand } from '@ticketing/common';
import { payments } from '../service';

void runEventsCommand(payments);
