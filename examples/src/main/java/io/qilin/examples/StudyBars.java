package io.qilin.examples;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.core.factor.Tradability;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bars made ready for a study: prices that are comparable over time, and what could be bought at the next close.
 *
 * @param panel comparable prices if the bars allow it
 * @param tradability empty if the bars lack what the price limits need
 * @param warnings what a reader of the study should bear in mind
 */
record StudyBars(Panel panel, Optional<Tradability> tradability, List<String> warnings) {
  /** Copies the list. */
  StudyBars {
    warnings = List.copyOf(warnings);
  }

  static StudyBars of(Panel read) {
    boolean raw = read.adjustment() == Adjustment.RAW;
    boolean factor = read.has(Field.FACTOR);
    boolean limits = Stream.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE).allMatch(read::has)
        && (raw || factor);
    Stream.Builder<String> warnings = Stream.builder();
    if (raw && !factor) {
      warnings.add(
          "the bars hold raw prices and no factor: returns are wrong where dividends or bonus shares went out");
    }
    if (!limits) {
      warnings.add(
          "price limits need open, high, low and close, raw or with a factor: what could be bought is not known");
    } else {
      warnings.add(
          "what could be bought is judged from daily bars, without risk warnings (ST) and listing days, which"
              + " bars do not tell");
    }
    return new StudyBars(
        raw && factor ? read.withAdjustment(Adjustment.BACKWARD) : read,
        limits
            ? Optional.of(Tradability.atNextClose(LimitUpFacts.of(
                read.withAdjustment(Adjustment.RAW), Map.of(), MarketRuleBook.aShare())))
            : Optional.empty(),
        warnings.build().toList());
  }
}
