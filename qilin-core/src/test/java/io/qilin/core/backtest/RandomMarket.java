package io.qilin.core.backtest;

import io.qilin.api.market.Adjustment;
import io.qilin.api.market.CorporateAction;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.RiskWarning;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.PublicationTimes;
import io.qilin.core.rules.BoardRules;
import io.qilin.core.rules.MarketRuleBook;
import io.qilin.core.rules.PriceLimits;
import io.qilin.core.rules.ReferencePrice;
import io.qilin.testkit.Panels;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random walks that often run into their limits; every second ex-date is known as an action. */
final class RandomMarket {
  private static final List<String> CODES =
      List.of("000001.SZ", "300750.SZ", "600519.SH", "688001.SH", "920002.BJ");

  private final SplittableRandom random;
  final List<LocalDate> days;
  final List<CorporateAction> actions = new ArrayList<>();
  final Panel panel;

  RandomMarket(long seed, int length) {
    random = new SplittableRandom(seed);
    days = Panels.weekdays(LocalDate.of(2025, 10, 13), length);
    Panel.Builder builder = Panel.builder(days, Adjustment.RAW);
    CODES.forEach(code -> add(builder, Symbol.parse(code)));
    panel = builder.build();
  }

  /** One of the days. */
  LocalDate day(SplittableRandom from) {
    return days.get(from.nextInt(days.size()));
  }

  /** A moment in one of the days. */
  Instant moment(SplittableRandom from) {
    return PublicationTimes.startOf(day(from)).plusSeconds(from.nextInt(86_400));
  }

  private void add(Panel.Builder builder, Symbol symbol) {
    double[][] columns = new double[6][days.size()];
    for (double[] column : columns) {
      Arrays.fill(column, Double.NaN);
    }
    BigDecimal close = new BigDecimal("10.00");
    for (int d = 0; d < days.size(); d++) {
      if (d > 0 && d < days.size() - 1 && random.nextInt(12) == 0) {
        continue;
      }
      if (d > 0 && random.nextInt(8) == 0) {
        close = exDate(symbol, d, close);
      }
      close = bar(symbol, d, close, columns);
    }
    List<Field> fields =
        List.of(Field.OPEN, Field.HIGH, Field.LOW, Field.CLOSE, Field.VOLUME, Field.PRE_CLOSE);
    for (int f = 0; f < fields.size(); f++) {
      builder.column(symbol, fields.get(f), 0, columns[f]);
    }
  }

  private BigDecimal exDate(Symbol symbol, int day, BigDecimal close) {
    ReferencePrice terms = switch (random.nextInt(3)) {
      case 0 -> ReferencePrice.of(new BigDecimal("0.30"), BigDecimal.ZERO);
      case 1 -> ReferencePrice.of(BigDecimal.ZERO, new BigDecimal("0.3"));
      default ->
        new ReferencePrice(
            new BigDecimal("0.10"),
            new BigDecimal("0.1"),
            new BigDecimal("0.2"),
            new BigDecimal("2.00"));
    };
    if (close.compareTo(BigDecimal.ONE) < 0) {
      return close;
    }
    if (random.nextBoolean()) {
      actions.add(new CorporateAction(
          symbol,
          days.get(day),
          terms.cashPerShare(),
          terms.bonusRatio(),
          terms.rightsRatio(),
          terms.rightsPrice()));
    }
    return terms.after(close, 10);
  }

  private BigDecimal bar(Symbol symbol, int day, BigDecimal reference, double[][] columns) {
    BoardRules rules = MarketRuleBook.aShare()
        .at(days.get(day))
        .rule(MarketRuleBook.boardOf(symbol).orElseThrow(), RiskWarning.NONE);
    PriceLimits limits = rules.limits(reference.doubleValue(), 0).orElseThrow();
    long low = limits.downMills();
    long high = limits.upMills();
    long[] prices = new long[4];
    for (int k = 0; k < prices.length; k++) {
      long price = low + 10 * random.nextLong(-(high - low) / 20, (high - low) / 7 + 1);
      prices[k] = Math.max(low, Math.min(high, price));
    }
    if (random.nextInt(10) == 0) {
      Arrays.fill(prices, random.nextBoolean() ? low : high);
    }
    columns[0][day] = prices[0] / 1000.0;
    columns[1][day] = Arrays.stream(prices).max().orElseThrow() / 1000.0;
    columns[2][day] = Arrays.stream(prices).min().orElseThrow() / 1000.0;
    columns[3][day] = prices[3] / 1000.0;
    columns[4][day] = random.nextInt(1, 200_000);
    columns[5][day] = reference.doubleValue();
    return BigDecimal.valueOf(prices[3], 3).setScale(2);
  }
}
