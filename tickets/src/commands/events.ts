import { runEventsCommand } from '@ticketing/common';
import { tickets } from '../service';

void runEventsCommand(tickets);
