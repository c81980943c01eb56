import { authCases, ticketsCases } from './cases';
import { prove } from './prove';

jest.setTimeout(120_000);

prove([...ticketsCases, ...authCases]);
