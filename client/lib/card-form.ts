export type Tokenised = { token: string } | { message: string };
export type Authenticated = { authenticated: true } | { message: string };

/** What the checkout needs of a card form, whoever made the form. Card numbers never leave it. */
export interface CardForm {
  tokenise(): Promise<Tokenised>;
  authenticate(clientSecret: string): Promise<Authenticated>;
}
