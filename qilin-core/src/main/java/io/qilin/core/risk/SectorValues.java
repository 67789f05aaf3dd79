package io.qilin.core.risk;

import io.qilin.api.market.Symbol;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is held in each sector of one assignment. A holding of unknown sector counts in every one. */
final class SectorValues implements ValueWatcher {
  private final Map<Symbol, String> source;
  private final Map<Symbol, Sector> sectors = new HashMap<>();
  private final Sector unknown = new Sector("");

  /** A sector and what is held in it. */
  private static final class Sector {
    private final String name;
    private long mills;

    Sector(String name) {
      this.name = name;
    }
  }

  SectorValues(Map<Symbol, String> source) {
    this.source = source;
    Map<String, Sector> byName = new HashMap<>();
    source.forEach(
        (symbol, name) -> sectors.put(symbol, byName.computeIfAbsent(name, Sector::new)));
  }

  @SuppressWarnings(
      "ReferenceEquality") // the settings keep one map; to compare thousands of entries costs more
  boolean isOf(Map<Symbol, String> assignment) {
    return source == assignment;
  }

  @Override
  public void changed(SessionShare share, long deltaMills) {
    sectors.getOrDefault(share.symbol(), unknown).mills += deltaMills;
  }

  /** The sector of a share; null if not known. */
  @Nullable
  String name(Symbol symbol) {
    Sector sector = sectors.get(symbol);
    return sector == null ? null : sector.name;
  }

  /** What is held in the sector of a share. */
  long mills(Symbol symbol) {
    Sector sector = sectors.get(symbol);
    return (sector == null ? 0 : sector.mills) + unknown.mills;
  }
}
