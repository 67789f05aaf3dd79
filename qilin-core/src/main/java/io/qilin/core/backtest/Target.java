package io.qilin.core.backtest;

import io.qilin.api.market.Symbol;
import io.qilin.core.portfolio.TargetWeights;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a strategy wants to own.
 *
 * @param weights the weights; empty lets the holdings be, which is not the same as {@link
 *     TargetWeights#CASH}
 * @param reasons why a share is in it, one line each
 * @param findings what was odd
 */
public record Target(
    Optional<TargetWeights> weights, Map<Symbol, String> reasons, List<BacktestFinding> findings) {
  /** Copies the collections. */
  public Target {
    Objects.requireNonNull(weights, "weights");
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
    findings = List.copyOf(findings);
  }

  /** Weights with their reasons. */
  public static Target of(
      TargetWeights weights, Map<Symbol, String> reasons, List<BacktestFinding> findings) {
    return new Target(Optional.of(weights), reasons, findings);
  }

  /** No change, and why. */
  public static Target keep(List<BacktestFinding> findings) {
    return new Target(Optional.empty(), Map.of(), findings);
  }
}
