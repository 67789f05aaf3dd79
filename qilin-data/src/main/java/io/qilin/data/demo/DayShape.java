package io.qilin.data.demo;

import io.qilin.core.rules.PriceLimits;

/**
 * Open, high, low and close of one day in fen, inside the limits of the day. Mutable and reused from day to day, as a
 * market has hundreds of thousands of them.
 */
final class DayShape {
  /** How a day went. */
  enum Kind {
    /** Somewhere between the limits; may touch one by itself. */
    ORDINARY,
    /** Rises to the limit and closes there (封板). */
    SEALED,
    /** Opens at the limit, opens it once, closes there (T字板). */
    T_BOARD,
    /** One price all day, the highest (一字板). */
    ONE_WORD,
    /** Touches the limit and closes below it (炸板). */
    BROKEN,
    /** Falls to the lower limit and closes there (跌停). */
    DOWN_SEALED,
    /** One price all day, the lowest. */
    DOWN_ONE_WORD
  }

  long open;
  long high;
  long low;
  long close;

  private long reference;
  private long up;
  private long down;

  /** Sets the day's frame: its reference price and the highest and lowest possible price, in fen. */
  void frame(long reference, long down, long up) {
    this.reference = reference;
    this.down = down;
    this.up = up;
  }

  /** A day that moves by {@code move} from the reference price and breathes with the given volatility. */
  void ordinary(SeededRandom random, double move, double volatility) {
    double gap = 0.3 * move + 0.25 * volatility * random.normal();
    open = price(gap);
    close = price(move);
    stretch(
        0.45 * volatility * Math.abs(random.normal()),
        0.45 * volatility * Math.abs(random.normal()));
  }

  /** A day of another kind than {@link Kind#ORDINARY}. */
  void special(Kind kind, SeededRandom random, double volatility) {
    double room = (double) (up - reference) / reference;
    double below = 0.4 * volatility * Math.abs(random.normal());
    switch (kind) {
      case SEALED -> {
        open = price(room * random.between(-0.15, 0.7));
        close = up;
        stretch(0, below);
      }
      case T_BOARD -> {
        open = up;
        close = up;
        low = Math.max(down, Math.min(up - 1, price(room - below - 0.01)));
        high = up;
      }
      case ONE_WORD -> flat(up);
      case BROKEN -> {
        open = price(room * random.between(-0.1, 0.8));
        close = Math.max(down, Math.min(up - 1, price(room - random.between(0.01, 0.07))));
        stretch(0, below);
        high = up;
      }
      case DOWN_SEALED -> {
        open = price(-room * random.between(-0.1, 0.8));
        close = down;
        stretch(below, 0);
      }
      case DOWN_ONE_WORD -> flat(down);
      case ORDINARY -> throw new AssertionError("an ordinary day has a move");
    }
  }

  /** Moves the open inside the limits of the opening auction, which lie inside those of the day. */
  void capOpen(PriceLimits auction) {
    open = Math.max(auction.downMills() / 10, Math.min(auction.upMills() / 10, open));
    high = Math.max(high, open);
    low = Math.min(low, open);
  }

  private void flat(long price) {
    open = price;
    high = price;
    low = price;
    close = price;
  }

  /** Sets high and low beyond open and close by the given fractions. */
  private void stretch(double above, double below) {
    high = inside(Math.round(Math.max(open, close) * (1 + above)));
    low = inside(Math.round(Math.min(open, close) * (1 - below)));
  }

  private long price(double move) {
    return inside(Math.round(reference * (1 + move)));
  }

  private long inside(long fen) {
    return Math.max(down, Math.min(up, fen));
  }
}
