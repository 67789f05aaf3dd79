package io.qilin.data.qlib;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Adjustment;
import io.qilin.api.market.Field;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.internal.bars.BarOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Opens Qlib stores as a source of daily bars; its id is {@code qlib}.
 *
 * <p>Settings, by name; only {@code path} must be given. {@link QlibStore.Builder} says more.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>path</td><td>the store's folder</td></tr>
 * <tr><td>market</td><td>the list of instruments; {@code all} unless given</td></tr>
 * <tr><td>adjustment</td><td>{@code auto} (default), {@code raw}, {@code forward} or {@code backward}</td></tr>
 * <tr><td>volume</td><td>{@code auto} (default), {@code shares} or {@code adjusted}</td></tr>
 * <tr><td>fields</td><td>fields with commas between; all unless given</td></tr>
 * </table>
 */
public final class QlibProvider implements MarketDataProvider {
  private static final Set<String> SETTINGS =
      new TreeSet<>(Set.of("adjustment", "fields", "market", "path", "volume"));

  /** For {@link java.util.ServiceLoader}. */
  public QlibProvider() {}

  @Override
  public String id() {
    return "qlib";
  }

  @Override
  public Set<DataCapability> capabilities() {
    return Set.of(DataCapability.DAILY_BARS);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    QlibStore.Builder store = QlibStore.builder(BarOptions.path(settings));
    Set<Field> fields = new TreeSet<>();
    new TreeMap<>(settings).forEach((name, value) -> {
      switch (name) {
        case "path" -> {}
        case "market" -> store.market(value);
        case "adjustment" -> {
          if (!value.equalsIgnoreCase("auto")) {
            store.adjustment(BarOptions.choice(name, value, Adjustment.values()));
          }
        }
        case "volume" -> {
          if (!value.equalsIgnoreCase("auto")) {
            store.volume(BarOptions.choice(name, value, QlibVolume.values()));
          }
        }
        case "fields" -> fields.addAll(List.of(BarOptions.fields(value)));
        default -> throw BarOptions.unknown(name, SETTINGS, "");
      }
    });
    return new Source(store, Set.copyOf(fields));
  }

  /** A store that is opened for each read: there is nothing to close here. */
  private record Source(QlibStore.Builder store, Set<Field> fields) implements MarketDataSource {
    @Override
    public Bars bars(BarQuery query) {
      return store.build().read(query, fields);
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      throw new QilinException(
          ErrorCode.UNSUPPORTED, "the provider qlib serves DAILY_BARS, not SECURITIES");
    }

    @Override
    public void close() {}
  }
}
