package io.qilin.data.csv;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import io.qilin.data.internal.bars.BarOptions;
import java.util.Map;
import java.util.Set;

/**
 * Opens CSV files as a source of daily bars; its id is {@code csv}.
 *
 * <p>Settings, by name; only {@code path} must be given. {@link CsvBarReader.Builder} says more.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>path</td><td>the file or folder</td></tr>
 * <tr><td>profile</td><td>{@code a-share} (default) or {@code generic}</td></tr>
 * <tr><td>charset</td><td>{@code UTF-8} (default) or {@code GB18030}</td></tr>
 * <tr><td>adjustment</td><td>{@code auto} (default), {@code raw}, {@code forward} or
 * {@code backward}
 * </td></tr>
 * <tr><td>volumeUnit</td><td>{@code auto}, {@code shares} or {@code lots}</td></tr>
 * <tr><td>amountUnit</td><td>{@code auto}, {@code yuan}, {@code thousand-yuan} or {@code
 * ten-thousand-yuan}</td></tr>
 * <tr><td>calendar</td><td>a file with a trading day a line</td></tr>
 * <tr><td>instruments</td><td>a file of code, first and last day, with tabs between</td></tr>
 * <tr><td>offCalendar</td><td>{@code refuse} (default) or {@code report}</td></tr>
 * <tr><td>instrumentColumn, dateColumn</td><td>headers of these columns</td></tr>
 * <tr><td>require, ignore</td><td>fields, or headers, with commas between</td></tr>
 * <tr><td>column.<i>header</i></td><td>the field that the column holds</td></tr>
 * </table>
 */
public final class CsvProvider implements MarketDataProvider {
  /** For {@link java.util.ServiceLoader}. */
  public CsvProvider() {}

  @Override
  public String id() {
    return "csv";
  }

  @Override
  public Set<DataCapability> capabilities() {
    return Set.of(DataCapability.DAILY_BARS);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    CsvBarReader.Builder reader = CsvBarReader.builder(BarOptions.path(settings));
    BarOptions.apply(
        reader.bars(), settings, Map.of("charset", name -> reader.charset(CsvCharset.of(name))));
    return new Source(reader.build());
  }

  /** Files that are opened for each read and closed after it: there is nothing to close here. */
  private record Source(CsvBarReader reader) implements MarketDataSource {
    @Override
    public Bars bars(BarQuery query) {
      return reader.read(query);
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      throw new QilinException(
          ErrorCode.UNSUPPORTED, "the provider csv serves DAILY_BARS, not SECURITIES");
    }

    @Override
    public void close() {}
  }
}
