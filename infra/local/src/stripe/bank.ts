import express, { Router, type Response } from 'express';
import { html, page, type Markup } from './html';
import { authenticateBuyer, findByClientSecret } from './payment-intents';
import type { Store } from './store';
import { StripeFault } from './stripe-fault';

/** The page of the buyer's bank, where a payment that requires authentication is agreed to or refused. */
export function createBank(store: Store, onChange: () => void): Router {
  return Router()
    .get('/bank/:clientSecret', (req, res) => showQuestion(store, req.params.clientSecret, res))
    .post('/bank/:clientSecret', express.urlencoded({ extended: false }), (req, res) => {
      const approved = (req.body as { decision?: string } | undefined)?.decision === 'approve';
      try {
        const work = store.begin();
        authenticateBuyer(work, req.params.clientSecret, approved);
        work.commit();
        onChange();
        sendPage(res, 200, approved ? agreed : refused);
      } catch (error) {
        if (!(error instanceof StripeFault)) throw error;
        sendPage(res, error.status, html`<p>${error.message}</p>`);
      }
    });
}

/** A shop that shows this page in a frame hears how it went. */
const agreed = html`<p>You agreed. Go back to the shop and press Pay again.</p>
  <script>
    parent.postMessage('agreed', '*');
  </script>`;
const refused = html`<p>You refused. Go back to the shop and press Pay again.</p>
  <script>
    parent.postMessage('refused', '*');
  </script>`;

function showQuestion(store: Store, clientSecret: string, res: Response): void {
  const intent = findByClientSecret(store, clientSecret);
  if (!intent) return sendPage(res, 404, html`<p>There is no such payment.</p>`);
  if (intent.status !== 'requires_action') return sendPage(res, 200, html`<p>There is nothing left to agree to.</p>`);
  const amount = (intent.amount / 100).toFixed(2);
  sendPage(
    res,
    200,
    html`<p>A shop asks for ${amount} ${intent.currency.toUpperCase()} from your card. Is that you?</p>
      <form method="post">
        <button name="decision" value="approve">Yes, pay</button>
        <button name="decision" value="refuse">No, refuse</button>
      </form>`,
  );
}

function sendPage(res: Response, status: number, body: Markup): void {
  res.status(status).type('html').send(page('Your bank', body));
}
