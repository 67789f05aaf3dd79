package io.qilin.data.demo;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Serves a {@link DemoMarket} under the id {@code demo}. Settings, all optional: {@code symbols} (1 to 3000, default
 * 300), {@code years} (1 to 20, default 5), {@code seed} (any whole number, default 42). Its bars are synthetic and
 * marked so.
 */
public final class DemoProvider implements MarketDataProvider {
  static final String ID = "demo";

  private static final Set<String> SETTINGS = new TreeSet<>(Set.of("symbols", "years", "seed"));

  /** For {@link java.util.ServiceLoader}. */
  public DemoProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public Set<DataCapability> capabilities() {
    return Set.of(DataCapability.DAILY_BARS, DataCapability.SECURITIES);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    for (String name : new TreeSet<>(settings.keySet())) {
      if (!SETTINGS.contains(name)) {
        throw wrong("unknown setting " + QilinException.quote(name) + "; it knows " + SETTINGS);
      }
    }
    int symbols =
        (int) number(settings, "symbols", DemoMarket.DEFAULT_SYMBOLS, 1, DemoMarket.MAX_SYMBOLS);
    int years = (int) number(settings, "years", DemoMarket.DEFAULT_YEARS, 1, DemoMarket.MAX_YEARS);
    long seed = number(settings, "seed", DemoMarket.DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
    if ((long) symbols * years > DemoMarket.MAX_SYMBOL_YEARS) {
      throw wrong("symbols × years may be at most " + DemoMarket.MAX_SYMBOL_YEARS + ", was "
          + symbols + " × " + years);
    }
    return new DemoSource(DemoMarket.of(symbols, years, seed));
  }

  private static long number(
      Map<String, String> settings, String name, long otherwise, long min, long max) {
    String text = settings.get(name);
    if (text == null) {
      return otherwise;
    }
    long value;
    try {
      value = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong("setting " + name + " must be a whole number, was " + QilinException.quote(text));
    }
    if (value < min || value > max) {
      throw wrong("setting " + name + " must be " + min + " to " + max + ", was " + value);
    }
    return value;
  }

  private static QilinException wrong(String what) {
    return new QilinException(ErrorCode.INVALID_CONFIGURATION, "provider demo: " + what);
  }
}
