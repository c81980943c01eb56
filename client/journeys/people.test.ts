import { randomUUID } from 'node:crypto';
import { journeysOf } from './harness/journey';
import { settle } from './harness/pages';

const journey = journeysOf();

const PASSWORD = 'correct horse battery staple';

journey(2, 'return path; `//evil` → `/`', async ({ shop, person, stranger }) => {
  const [seller, visitor] = await Promise.all([person(), stranger()]);
  const ticket = await shop.list(seller.visitor);
  const account = { 'E-mail': `${randomUUID()}@example.com`, Password: PASSWORD };

  await visitor.open(`/tickets/${ticket.id}`);
  await visitor.follow('Sign in to reserve');
  await visitor.page.getByRole('main').getByRole('link', { name: 'Sign up' }).click();
  await visitor.heading('Sign up').waitFor();
  await visitor.fill(account);
  await visitor.press('Sign up');
  await visitor.isAt(`/tickets/${ticket.id}`);
  await visitor.button('Reserve').waitFor();

  await visitor.follow('Sign out');
  await visitor.isAt('/');
  await visitor.link('Sign in').waitFor();
  await visitor.open('/orders?cursor=');
  await visitor.isAt(/^\/auth\/signin/);
  await visitor.fill(account);
  await visitor.press('Sign in');
  await visitor.isAt('/orders?cursor=');

  for (const evil of ['//evil.example', '/\\evil.example', 'https://evil.example']) {
    await visitor.follow('Sign out');
    await visitor.link('Sign in').waitFor();
    await visitor.open(`/auth/signin?returnTo=${encodeURIComponent(evil)}`);
    await visitor.fill(account);
    await visitor.press('Sign in');
    await visitor.link('Sign out').waitFor();
    await visitor.isAt('/');
  }
});

journey(14, 'signed out in another tab', async ({ shop, stranger }) => {
  const visitor = await stranger();
  const account = { 'E-mail': `${randomUUID()}@example.com`, Password: PASSWORD };
  await visitor.open('/auth/signup?returnTo=/tickets/new');
  await visitor.fill(account);
  await visitor.press('Sign up');
  await visitor.isAt('/tickets/new');
  await visitor.fill({ Title: 'Typed before', 'Price in US dollars': '12.50', 'Venue (optional)': 'The old hall' });

  const tab = await visitor.newTab();
  await tab.open('/');
  await tab.follow('Sign out');
  await tab.link('Sign in').waitFor();

  const signsInAndFindsTheDraft = async () => {
    await visitor.isAt(/^\/auth\/signin/);
    await visitor.fill(account);
    await visitor.press('Sign in');
    await visitor.isAt('/tickets/new');
    await visitor.hasFilled({ Title: 'Typed before', 'Venue (optional)': 'The old hall' });
  };
  // The other tab tells this one; a session that is over says nothing, until it is needed.
  await signsInAndFindsTheDraft();
  await visitor.page.context().clearCookies();
  await visitor.press('Put on sale');
  await signsInAndFindsTheDraft();
  await visitor.press('Put on sale');
  await visitor.sees('Your ticket is on sale.');
  const id = new URL(visitor.page.url()).pathname.split('/').at(-1)!;
  expect(await shop.ticketIs('available', { id })).toMatchObject({ price: 12.5 });
});

journey(17, 'stale edit of a reserved ticket', async ({ shop, person, list }) => {
  const [seller, buyer] = await Promise.all([person(), person()]);
  const ticket = await list(seller);
  await seller.open(`/tickets/${ticket.id}/edit`);
  await seller.fill({ 'Price in US dollars': '99.00' });

  await shop.reserve(buyer.visitor, ticket.id);
  await shop.ticketIs('reserved', ticket);
  await seller.press('Save');
  await seller.sees(/reserved/);
  expect(await shop.ticketIs('reserved', ticket)).toMatchObject({ price: 25 });

  await seller.reload();
  await seller.sees('Somebody has reserved this ticket, so it cannot be changed now.');
  expect(await seller.button('Save').count()).toBe(0);
});

journey(18, 'own ticket, foreign order, bad id', async ({ shop, person }) => {
  const [seller, buyer, nosy] = await Promise.all([person(), person(), person()]);
  const ticket = await shop.list(seller.visitor);

  expect(await seller.open(`/tickets/${ticket.id}`)).toBe(200);
  await seller.link('Edit').waitFor();
  expect(await seller.button('Reserve').count()).toBe(0);

  const order = await shop.reserve(buyer.visitor, ticket.id);
  expect(await nosy.open(`/orders/${order.id}`)).toBe(403);
  await nosy.heading('Not yours').waitFor();
  expect(await nosy.page.getByText(order.id).count()).toBe(0);

  await nosy.open(`/tickets/${ticket.id}/edit`);
  await nosy.isAt(`/tickets/${ticket.id}`);

  for (const path of ['/tickets/nonsense', `/tickets/${'0'.repeat(24)}`, '/orders/nonsense', '/nowhere']) {
    expect([path, await nosy.open(path)]).toEqual([path, 404]);
    await nosy.heading('Page not found').waitFor();
  }
  await nosy.fill({ 'Search all tickets': 'stalls' });
  await nosy.press('Search');
  await nosy.isAt(/^\/\?.*q=stalls/);
});

journey(19, 'no JS: list, search, ticket', async ({ shop, person, stranger }) => {
  const [seller, visitor] = await Promise.all([person(), stranger({ javaScript: false })]);
  const title = `Without scripts ${randomUUID().slice(0, 8)}`;
  const other = await shop.list(seller.visitor);
  await seller.visitor.post('/api/tickets', { title, price: 31.5, venue: 'The old hall' });

  expect(await visitor.open('/')).toBe(200);
  await visitor.link(title).waitFor();
  await visitor.fill({ Search: title });
  await visitor.press('Search');
  await visitor.isAt(/^\/\?.*q=Without/);
  expect(await visitor.page.locator(`a[href="/tickets/${other.id}"]`).count()).toBe(0);
  await visitor.follow(title);
  await visitor.heading(title).waitFor();
  await visitor.sees('$31.50');
  await visitor.sees('The old hall');
  await visitor.link('Sign in to reserve').waitFor();
});

journey(20, '`<img onerror>` title is text; no CSP report or foreign request', async ({ person, stranger }) => {
  const [seller, buyer, visitor] = await Promise.all([person(), person(), stranger()]);
  const title = `<img src="https://evil.example/x.png" onerror="hacked=1"> ${randomUUID().slice(0, 8)}`;
  const description = '</script><script>hacked=1</script>';
  const { body } = await seller.visitor.post('/api/tickets', { title, price: 25, description });
  const { id } = body as { id: string };

  for (const someone of [visitor, seller, buyer]) {
    await someone.open('/');
    await someone.follow(title);
    await someone.heading(title).waitFor();
    await someone.sees(description);
    expect(await someone.page.title()).toContain(title);
  }
  await seller.open(`/tickets/${id}/edit`);
  expect(await seller.field('Title').inputValue()).toBe(title);
  await buyer.press('Reserve');
  await buyer.checkout.orderId();
  await buyer.link(title).waitFor();
  await buyer.checkout.pay();
  await buyer.checkout.isPaid();
  await buyer.open('/orders');
  await buyer.link(title).waitFor();

  for (const someone of [visitor, seller, buyer]) {
    expect(await someone.page.evaluate('[typeof hacked, document.querySelectorAll("main img").length]')).toEqual([
      'undefined',
      0,
    ]);
    expect(someone.complaints).toEqual([]);
  }
});

journey(25, 'a script that gets into a page is stopped, and no page breaks the rules by itself', async (stage) => {
  const { resident, pages } = await settle(stage);
  const { page, complaints } = resident;
  for (const path of pages) {
    await resident.open(path);
    expect([path, complaints]).toEqual([path, []]);
  }

  await page.route('**', async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    const [, nonce] = /'nonce-([^']+)'/.exec(response.headers()['content-security-policy'] ?? '') ?? [];
    const scripts = `<script>hacked = 1</script><script nonce="${nonce}">allowed = 1</script>`;
    return route.fulfill({ response, body: (await response.text()).replace('</head>', `${scripts}</head>`) });
  });
  for (const path of pages) {
    await resident.open(path);
    expect([path, await page.evaluate('[typeof hacked, typeof allowed]')]).toEqual([path, ['undefined', 'number']]);
    await resident.hasComplained(/Content Security Policy/);
  }
});
