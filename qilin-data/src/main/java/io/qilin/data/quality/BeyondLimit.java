package io.qilin.data.quality;

import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.data.internal.DailyRules;
import java.util.List;
import java.util.Locale;

/**
 * No raw price lies beyond the day's limits of the rule book. The reference price is {@code $pre_close}; where the data
 * has none, the last close, divided by the change of {@code $factor}. Without a factor either, a fall beyond the limit
 * may be an ex-date and is a warning. What is not known about a listing counts in favour of the data, see {@link
 * ListingKnowledge}.
 */
final class BeyondLimit extends SeriesCheck {
  private final MarketRuleBook book;

  BeyondLimit(MarketRuleBook book) {
    super(
        "beyond-limit",
        QualityDimension.ACCURACY,
        View.RAW,
        List.of(Field.HIGH, Field.LOW, Field.CLOSE));
    this.book = book;
  }

  @Override
  Judge start(QualityInput input, Panel panel, FindingList findings) {
    DailyRules rules = new DailyRules(book, panel.days());
    double exact = input.bars().panel().adjustment() == Adjustment.RAW ? 0.0001 : 0.0101;
    return series -> {
      ListingKnowledge listing = new ListingKnowledge(series, rules, input);
      if (listing.hasBoard()) {
        judge(series, listing, new Reference(series, panel), exact, findings);
      }
    };
  }

  private static void judge(
      Series series,
      ListingKnowledge listing,
      Reference reference,
      double exact,
      FindingList findings) {
    double[] high = series.column(Field.HIGH);
    double[] low = series.column(Field.LOW);
    for (int row = 0; row < high.length; row++) {
      if (Double.isNaN(high[row]) && Double.isNaN(low[row])) {
        continue;
      }
      double price = reference.of(row);
      listing.advance(row);
      if (isInsideAnyLimit(price, high[row], low[row])) {
        findings.judged(1);
        continue;
      }
      PriceLimits limits = listing.limits(price).orElse(null);
      if (limits == null) {
        continue;
      }
      findings.judged(1);
      double slack = exact + reference.slack(row);
      if (high[row] > limits.up() + slack) {
        QualitySeverity severity = QualitySeverity.ERROR;
        report(
            severity,
            series,
            row,
            Field.HIGH,
            high[row],
            "above limit-up",
            limits.up(),
            price,
            findings);
      } else if (low[row] < limits.down() - slack) {
        QualitySeverity severity =
            reference.isCertain(row) ? QualitySeverity.ERROR : QualitySeverity.WARNING;
        report(
            severity,
            series,
            row,
            Field.LOW,
            low[row],
            "below limit-down",
            limits.down(),
            price,
            findings);
      }
    }
  }

  /** Spares looking up the rules of a row that no limit of 5 % or more, however rounded, could forbid. */
  private static boolean isInsideAnyLimit(double reference, double high, double low) {
    return reference >= 2
        && reference <= 1e6
        && high <= reference * 1.045
        && low >= reference * 0.955;
  }

  private static void report(
      QualitySeverity severity,
      Series series,
      int row,
      Field field,
      double value,
      String what,
      double limit,
      double reference,
      FindingList findings) {
    String doubt = severity == QualitySeverity.WARNING ? ", unless it is an ex-date" : "";
    findings.bad(
        severity,
        series,
        row,
        field,
        value,
        () -> String.format(
            Locale.ROOT,
            "%s %.3f is %s %.3f of reference price %.3f%s",
            field,
            value,
            what,
            limit,
            reference,
            doubt));
  }

  /** The reference price of each row, as well as the data tells it. */
  private static final class Reference {
    private static final double TWO_TICKS = 0.02;

    private final double[] given;
    private final double[] close;
    private final double[] factor;
    private final boolean hasFactor;
    private double lastClose = Double.NaN;
    private double lastFactor = Double.NaN;

    Reference(Series series, Panel panel) {
      given = series.column(Field.PRE_CLOSE);
      close = series.column(Field.CLOSE);
      factor = series.column(Field.FACTOR);
      hasFactor = panel.has(Field.FACTOR);
    }

    /** The reference price of the row, {@code NaN} if not known; to be asked row by row. */
    double of(int row) {
      double derived = hasFactor ? lastClose * lastFactor / factor[row] : lastClose;
      if (close[row] > 0) {
        lastClose = close[row];
        lastFactor = factor[row];
      }
      return Double.isNaN(given[row]) ? derived : given[row];
    }

    /** By how much a limit may be off because the reference price is derived. */
    double slack(int row) {
      return Double.isNaN(given[row]) && hasFactor ? TWO_TICKS : 0;
    }

    boolean isCertain(int row) {
      return hasFactor || !Double.isNaN(given[row]);
    }
  }
}
