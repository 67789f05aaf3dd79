package io.qilin.testkit;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataProvider;
import io.qilin.api.source.MarketDataSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A correct provider of a random panel in memory, from which the defective ones of the tests differ in one thing. */
public class MemoryProvider implements MarketDataProvider {
  /** As the service loader needs it. */
  public MemoryProvider() {}

  @Override
  public String id() {
    return "memory";
  }

  @Override
  public Set<DataCapability> capabilities() {
    return Set.of(DataCapability.DAILY_BARS, DataCapability.SECURITIES);
  }

  @Override
  public MarketDataSource open(Map<String, String> settings) {
    settings.keySet().stream().filter(name -> !name.equals("seed")).findFirst().ifPresent(name -> {
      throw new QilinException(
          ErrorCode.INVALID_CONFIGURATION, "unknown setting " + name + "; known: seed");
    });
    return new Source(Long.parseLong(settings.getOrDefault("seed", "1")));
  }

  /** What a row is answered with; a defect overrides it. */
  double answer(BarQuery query, Field field, double value) {
    return value;
  }

  /** Whether a row is answered; a defect overrides it. */
  boolean accepts(BarQuery query, Symbol symbol, LocalDate day) {
    return query.accepts(symbol, day);
  }

  /** What the provenance names. */
  String provenance() {
    return id();
  }

  /** Whether the source serves what it does not declare. */
  boolean servesAll() {
    return false;
  }

  /** How many rows are said to have been read. */
  long counted(long rows) {
    return rows;
  }

  /** Under which symbol a timeline stands. */
  Symbol filed(Symbol symbol) {
    return symbol;
  }

  /** What closing does. */
  void closed() {}

  /** An open source of the panel of one seed. */
  private final class Source implements MarketDataSource {
    private final Panel whole;

    Source(long seed) {
      whole = Panels.random(6, 40, 0.1, seed);
    }

    @Override
    public Bars bars(BarQuery query) {
      check(DataCapability.DAILY_BARS);
      List<LocalDate> days = whole.days().stream()
          .filter(day -> whole.symbols().stream().anyMatch(s -> accepts(query, s, day)))
          .toList();
      if (days.isEmpty()) {
        throw new QilinException(ErrorCode.DATA_NOT_FOUND, "nothing answers " + query);
      }
      Panel.Builder builder = Panel.builder(days, whole.adjustment());
      long rows = 0;
      for (int i = 0; i < whole.symbols().size(); i++) {
        rows += add(builder, query, days, i);
      }
      Provenance made = new Provenance(provenance(), "panel", true);
      return new Bars(builder.build(), made, counted(rows), List.of());
    }

    private long add(Panel.Builder builder, BarQuery query, List<LocalDate> days, int i) {
      Symbol symbol = whole.symbols().get(i);
      int from = whole.indexOf(days.get(0));
      if (!accepts(query, symbol, days.get(0))) {
        return 0;
      }
      for (Field field : whole.fields()) {
        double[] values = whole.values(field, i, from, from + days.size());
        Arrays.setAll(values, k -> answer(query, field, values[k]));
        builder.column(symbol, field, 0, values);
      }
      return days.size();
    }

    @Override
    public Map<Symbol, SecurityTimeline> securities() {
      check(DataCapability.SECURITIES);
      Map<Symbol, SecurityTimeline> filed = new TreeMap<>();
      Snapshots.securities(whole.symbols()).forEach((s, timeline) -> filed.put(filed(s), timeline));
      return filed;
    }

    private void check(DataCapability wanted) {
      if (!capabilities().contains(wanted) && !servesAll()) {
        throw new QilinException(
            ErrorCode.UNSUPPORTED,
            id() + " does not serve " + wanted + "; it serves " + capabilities());
      }
    }

    @Override
    public void close() {
      closed();
    }
  }
}
