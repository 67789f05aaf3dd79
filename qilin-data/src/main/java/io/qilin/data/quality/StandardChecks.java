package io.qilin.data.quality;

import io.qilin.api.check.QualityCheck;
import io.qilin.core.rules.MarketRuleBook;
import java.util.List;

/**
 * The checks that Qilin makes of daily bars, at least one for each of the six dimensions. Each counts rows, or cells
 * where it says so, and does not apply to data that lacks what it needs.
 *
 * <table>
 * <caption>Rules by dimension</caption>
 * <tr><th>dimension</th><th>rules</th></tr>
 * <tr><td>completeness</td><td>{@code missing-value absent-row}</td></tr>
 * <tr><td>consistency</td><td>{@code price-order price-not-positive average-price previous-close traded-row}</td></tr>
 * <tr><td>accuracy</td><td>{@code beyond-limit return-outlier}</td></tr>
 * <tr><td>timeliness</td><td>{@code stale}</td></tr>
 * <tr><td>uniqueness</td><td>{@code duplicate-row}</td></tr>
 * <tr><td>validity</td><td>{@code not-finite off-tick volume-domain factor-not-positive implausible-day
 * row-before-listing}</td></tr>
 * </table>
 */
public final class StandardChecks {
  private StandardChecks() {}

  /** All of them, with the rules of {@link MarketRuleBook#aShare()}. */
  public static List<QualityCheck> all() {
    MarketRuleBook book = MarketRuleBook.aShare();
    return List.of(
        new MissingValues(),
        new AbsentRows(),
        new PriceOrder(),
        new PositivePrices(),
        new AveragePrice(),
        new PreviousClose(),
        new TradedRows(),
        new BeyondLimit(book),
        new ReturnOutlier(book),
        new Freshness(),
        new DuplicateRows(),
        new FiniteNumbers(),
        new TickMultiple(book),
        new VolumeDomain(),
        new PositiveFactor(),
        new PlausibleDay(),
        new ListedRows());
  }
}
