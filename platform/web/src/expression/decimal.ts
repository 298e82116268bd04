/** An exact decimal number: digits without a point, and how many of them stand after it. */
export class Decimal {
  static readonly ZERO = new Decimal(0n, 0);

  private constructor(
    private readonly digits: bigint,
    private readonly scale: number,
  ) {}

  /** Of a plain number; nothing for another text. */
  static of(text: string): Decimal | undefined {
    const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (parts === null) {
      return undefined;
    }
    const [, sign = '', whole = '', fraction = ''] = parts;
    return new Decimal(BigInt(`${sign}${whole}${fraction}`), fraction.length);
  }

  static whole(value: bigint | number, scale = 0): Decimal {
    return new Decimal(BigInt(value), scale);
  }

  private at(scale: number): bigint {
    return this.digits * 10n ** BigInt(scale - this.scale);
  }

  private with(other: Decimal, compute: (one: bigint, two: bigint) => bigint): Decimal {
    const scale = Math.max(this.scale, other.scale);
    return new Decimal(compute(this.at(scale), other.at(scale)), scale);
  }

  plus(other: Decimal): Decimal {
    return this.with(other, (one, two) => one + two);
  }

  minus(other: Decimal): Decimal {
    return this.with(other, (one, two) => one - two);
  }

  times(other: Decimal): Decimal {
    return new Decimal(this.digits * other.digits, this.scale + other.scale);
  }

  /** Half away from zero; nothing by zero. */
  by(other: Decimal, scale: number): Decimal | null {
    if (other.digits === 0n) {
      return null;
    }
    const shift = BigInt(scale + other.scale);
    return new Decimal(halfUp(this.digits * 10n ** shift, other.digits * 10n ** BigInt(this.scale)), scale);
  }

  /** With the sign of this number; nothing by zero. */
  modulo(other: Decimal): Decimal | null {
    return other.digits === 0n ? null : this.with(other, (one, two) => one % two);
  }

  negated(): Decimal {
    return new Decimal(-this.digits, this.scale);
  }

  abs(): Decimal {
    return this.digits < 0n ? this.negated() : this;
  }

  /** Half away from zero. */
  round(scale: number): Decimal {
    return scale >= this.scale
      ? new Decimal(this.at(scale), scale)
      : new Decimal(halfUp(this.digits, 10n ** BigInt(this.scale - scale)), scale);
  }

  floor(): Decimal {
    const unit = 10n ** BigInt(this.scale);
    const below = this.digits < 0n && this.digits % unit !== 0n ? 1n : 0n;
    return new Decimal(this.digits / unit - below, 0);
  }

  ceiling(): Decimal {
    return this.negated().floor().negated();
  }

  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const difference = this.at(scale) - other.at(scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  isWhole(): boolean {
    return this.digits % 10n ** BigInt(this.scale) === 0n;
  }

  /** Without what stands behind the point, within what a position or a count can be. */
  clamped(most: number): number {
    const whole = this.digits / 10n ** BigInt(this.scale);
    const bound = BigInt(most);
    return Number(whole > bound ? bound : whole < -bound ? -bound : whole);
  }

  /** Without needless zeros. */
  toString(): string {
    const text = this.digits
      .toString()
      .replace('-', '')
      .padStart(this.scale + 1, '0');
    const whole = text.slice(0, text.length - this.scale);
    const fraction = text.slice(text.length - this.scale).replace(/0+$/, '');
    return `${this.digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
  }
}

function halfUp(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const above = dividend < 0n ? -dividend : dividend;
  const below = divisor < 0n ? -divisor : divisor;
  const quotient = (2n * above + below) / (2n * below);
  return negative ? -quotient : quotient;
}
