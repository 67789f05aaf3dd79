package io.qilin.data.reconcile;

import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the first places of each rule. */
final class Findings {
  private final int most;
  private final List<QualityFinding> kept = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Findings(int most) {
    this.most = most;
  }

  void cell(
      String rule, Symbol symbol, LocalDate day, Field field, double value, Supplier<String> text) {
    add(rule, QualityDimension.ACCURACY, symbol, day, Optional.of(field), value, text);
  }

  void row(String rule, Symbol symbol, LocalDate day, Supplier<String> text) {
    add(rule, QualityDimension.COMPLETENESS, symbol, day, Optional.empty(), Double.NaN, text);
  }

  private void add(
      String rule,
      QualityDimension dimension,
      Symbol symbol,
      LocalDate day,
      Optional<Field> field,
      double value,
      Supplier<String> text) {
    if (counts.merge(rule, 1, Integer::sum) <= most) {
      kept.add(new QualityFinding(
          rule,
          dimension,
          QualitySeverity.WARNING,
          Optional.of(symbol),
          Optional.of(day),
          field,
          value,
          text.get()));
    }
  }

  /** Something about the whole, which is never left out. */
  void note(String rule, double value, String message) {
    kept.add(new QualityFinding(
        rule,
        QualityDimension.CONSISTENCY,
        QualitySeverity.CRITICAL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        value,
        message));
  }

  List<QualityFinding> toList() {
    return kept;
  }
}
