/** Uses of the host's resources by the guest. */
import * as tokens from './bindings/tokens';
import { Token } from './bindings/tokens';
import { Result } from './bindings/wit';

let kept: Token | null = null;

export function make(label: string): Token {
  return new Token(label);
}
export function label(x: Token): string {
  return x.label();
}
export function rename(x: Token, label: string): void {
  x.rename(label);
}
export function join(a: Token, b: Token): Token {
  return Token.join(a, b);
}
export function same(a: Token, b: Token): bool {
  return a.same(b);
}
export function pass(x: Token): Token {
  return tokens.pass(x);
}
export function read(x: Token): string {
  return tokens.read(x);
}
export function reverse(x: Token[]): Token[] {
  return tokens.reverse(x);
}
export function find(label: string): Result<Token, string> {
  return tokens.find(label);
}
export function discard(x: Token): void {
  x.drop();
}
export function keep(x: Token): void {
  const before = kept;
  if (before !== null) before.drop();
  kept = x;
}
export function release(): Token | null {
  const k = kept;
  kept = null;
  return k;
}
