package io.qilin.data.quality.table;

import io.qilin.data.table.TableSchema;

/** Counts rows whose prices contradict each other, are not positive or are missing in part. */
final class PriceOrderTally extends RowTally {
  private final TableCheck.PriceOrder check;
  private final int open;
  private final int high;
  private final int low;
  private final int close;

  PriceOrderTally(TableRule rule, TableCheck.PriceOrder check, TableSchema schema) {
    super(rule);
    this.check = check;
    this.open = Columns.number(schema, check.open());
    this.high = Columns.number(schema, check.high());
    this.low = Columns.number(schema, check.low());
    this.close = Columns.number(schema, check.close());
  }

  @Override
  long count(Block block) {
    double[] opens = block.numbers(open);
    double[] highs = block.numbers(high);
    double[] lows = block.numbers(low);
    double[] closes = block.numbers(close);
    long broken = 0;
    for (int i = 0; i < block.size(); i++) {
      broken += holds(opens[i], highs[i], lows[i], closes[i]) ? 0 : 1;
    }
    long empty = broken == 0 ? 0 : empty(block.size(), opens, highs, lows, closes);
    judged += block.size() - empty;
    return broken - empty;
  }

  private static boolean holds(double open, double high, double low, double close) {
    return low > 0 && low <= open && low <= close && open <= high && close <= high;
  }

  private static int empty(
      int size, double[] opens, double[] highs, double[] lows, double[] closes) {
    int empty = 0;
    for (int i = 0; i < size; i++) {
      empty += isEmpty(opens[i], highs[i], lows[i], closes[i]) ? 1 : 0;
    }
    return empty;
  }

  private static boolean isEmpty(double open, double high, double low, double close) {
    return Double.isNaN(open) && Double.isNaN(high) && Double.isNaN(low) && Double.isNaN(close);
  }

  @Override
  boolean isBad(Block block, int row) {
    double first = block.numbers(open)[row];
    double top = block.numbers(high)[row];
    double bottom = block.numbers(low)[row];
    double last = block.numbers(close)[row];
    return !holds(first, top, bottom, last) && !isEmpty(first, top, bottom, last);
  }

  @Override
  void name(Block block, int row) {
    double first = block.numbers(open)[row];
    double top = block.numbers(high)[row];
    double bottom = block.numbers(low)[row];
    double last = block.numbers(close)[row];
    String prices = ": " + check.open() + " " + first + ", " + check.high() + " " + top + ", "
        + check.low() + " " + bottom + ", " + check.close() + " " + last;
    if (Double.isNaN(first + top + bottom + last)) {
      findings.add(block, row, "", Double.NaN, "a price is missing" + prices);
    } else if (!(bottom > 0 && first > 0 && last > 0 && top > 0)) {
      findings.add(block, row, check.low(), bottom, "a price is not positive" + prices);
    } else if (top < bottom) {
      findings.add(block, row, check.high(), top, "high is below low" + prices);
    } else if (Math.max(first, last) > top) {
      findings.add(block, row, check.high(), top, "high is below open or close" + prices);
    } else {
      findings.add(block, row, check.low(), bottom, "low is above open or close" + prices);
    }
  }
}
