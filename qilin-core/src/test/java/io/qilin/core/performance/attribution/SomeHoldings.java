package io.qilin.core.performance.attribution;

import io.qilin.api.market.Symbol;
import io.qilin.core.factor.Grouping;
import io.qilin.core.performance.SomeReturns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holdings for tests. */
final class SomeHoldings {
  /** Four industries by the last digit of the code; codes that end in 9 have none. */
  static final Grouping INDUSTRIES = (symbol, day) -> {
    int last = symbol.code().charAt(5) - '0';
    return last == 9 ? Optional.empty() : Optional.of("industry " + last % 4);
  };

  private SomeHoldings() {}

  static Symbol share(int number) {
    return Symbol.parse(String.format(java.util.Locale.ROOT, "60%04d.SH", number));
  }

  static SortedMap<Symbol, Double> map(double... values) {
    SortedMap<Symbol, Double> map = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      if (!Double.isNaN(values[i])) {
        map.put(share(i), values[i]);
      }
    }
    return map;
  }

  /** Random weights, of which some are missing, and random returns. */
  static List<HoldingDay> random(long seed, int count, int shares) {
    Random random = new Random(seed);
    List<HoldingDay> days = new ArrayList<>();
    for (LocalDate day : SomeReturns.days(count)) {
      double[] portfolio = new double[shares];
      double[] benchmark = new double[shares];
      double[] returns = new double[shares];
      for (int i = 0; i < shares; i++) {
        portfolio[i] = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble() / shares;
        benchmark[i] = random.nextInt(3) == 0 ? Double.NaN : random.nextDouble() * 2 / shares;
        returns[i] = random.nextInt(10) == 0 ? Double.NaN : 0.03 * random.nextGaussian();
      }
      double account = 0.02 * random.nextGaussian();
      days.add(new HoldingDay(day, map(portfolio), map(benchmark), map(returns), account));
    }
    return days;
  }
}
