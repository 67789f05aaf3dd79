package io.qilin.core.risk;

/**
 * What a share has done today. All numbers may be {@code NaN} for "not known".
 *
 * @param move last price over the exchange's reference price, less 1, as a fraction
 * @param barMove close over open of the last bar, less 1
 * @param volatility deviation of the returns of the last bars
 * @param usualVolatility deviation of such returns on usual days, positive
 */
public record IntradayMove(
    double move, double barMove, double volatility, double usualVolatility) {}
