package io.qilin.data.stream;

import io.qilin.api.market.Symbol;

/**
 * A window in which an instrument behaved unlike its last windows.
 *
 * @param symbol the instrument
 * @param rule the id of the rule
 * @param value what was measured
 * @param median of the history
 * @param z the robust z-score, see {@link AnomalyRule}
 */
public record Anomaly(Symbol symbol, String rule, double value, double median, double z) {}
