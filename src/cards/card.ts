// The shape of an Adaptive Card as the house passes it on. Knows nothing of what is on it.

export type CardElement = { type: string; [property: string]: unknown };
export type Card = {
  type: 'AdaptiveCard';
  version: string;
  fallbackText: string;
  body: CardElement[];
  actions?: CardElement[];
  [property: string]: unknown;
};
