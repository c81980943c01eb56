import { runEventsCommand } from '@ticketing/common';
import { orders } from '../service';

void runEventsCommand(orders);
