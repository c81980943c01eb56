import { paymentsCases } from './cases';
import { prove } from './prove';

jest.setTimeout(120_000);

prove(paymentsCases);
