package io.qilin.data.internal.bars;

import io.qilin.api.market.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The names that vendors give to the columns of daily bars. The first of each list is Qilin's own;
 * it wins where a file has several.
 */
public final class ColumnNames {
  /** Names of the column of instruments. */
  public static final List<String> INSTRUMENT = List.of(
      "instrument", "symbol", "code", "ts_code", "ticker", "stock_code", "代码", "股票代码", "证券代码");

  /** Names of the column of days. */
  public static final List<String> DATE = List.of(
      "datetime",
      "date",
      "trade_date",
      "trading_date",
      "day",
      "time",
      "timestamp",
      "日期",
      "交易日期",
      "时间");

  private static final Map<Field, List<String>> FIELDS = Map.of(
      Field.OPEN, List.of("open", "open_price", "开盘", "开盘价"),
      Field.HIGH, List.of("high", "high_price", "最高", "最高价"),
      Field.LOW, List.of("low", "low_price", "最低", "最低价"),
      Field.CLOSE, List.of("close", "close_price", "收盘", "收盘价"),
      Field.VOLUME, List.of("volume", "vol", "成交量"),
      Field.AMOUNT, List.of("amount", "turnover_amount", "amt", "money", "成交额", "成交金额"),
      Field.VWAP, List.of("vwap", "均价"),
      Field.FACTOR, List.of("factor", "adj_factor", "adjfactor", "复权因子"),
      Field.PRE_CLOSE,
          List.of(
              "pre_close",
              "preclose",
              "raw_pre_close",
              "prev_close",
              "previous_close",
              "昨收",
              "昨收价",
              "前收盘",
              "前收盘价"));

  private static final Map<String, Field> BY_NAME = byName();

  private ColumnNames() {}

  /** A header cell as it is compared: lower case, words joined by underscores. */
  public static String key(String header) {
    return header.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  /** The field that a name is known to stand for. */
  static Optional<Field> field(String key) {
    return Optional.ofNullable(BY_NAME.get(key));
  }

  private static Map<String, Field> byName() {
    Map<String, Field> names = new HashMap<>();
    FIELDS.forEach((field, list) -> list.forEach(name -> names.put(name, field)));
    return names;
  }
}
