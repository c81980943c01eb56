import { runCommand } from '@ticketing/common';
import { refundOrder } from '../operations/refund-order';
import { payments } from '../service';

void runCommand(payments, refundOrder);
