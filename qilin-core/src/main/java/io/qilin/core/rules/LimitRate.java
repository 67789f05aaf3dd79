package io.qilin.core.rules;

/**
 * How far a price may move from the reference price, and how the limits are rounded to the tick.
 *
 * <p>With the reference {@code r} in whole ticks and {@code p} in percent (spec of the exchanges'
 * trading rules): half-up rounding gives {@code up = (r(100 + p) + 50) div 100} and {@code down =
 * (r(100 - p) + 50) div 100}; inward rounding, the rule of the Beijing exchange, gives {@code up =
 * r(100 + p) div 100} and {@code down = (r(100 - p) + 99) div 100}. A limit less than one tick away
 * from the reference is moved to one tick away; limit-down is at least one tick.
 */
record LimitRate(int upPercent, int downPercent, LimitRounding rounding) {
  PriceLimits around(long referenceMills, long tickMills) {
    long r = (referenceMills + tickMills / 2) / tickMills;
    long up = (r * (100 + upPercent) + rounding.upAddend) / 100;
    long down = (r * (100 - downPercent) + rounding.downAddend) / 100;
    long upTicks = Math.max(up, r + 1);
    long downTicks = Math.max(1, Math.min(down, r - 1));
    return new PriceLimits(upTicks * tickMills, downTicks * tickMills);
  }
}
