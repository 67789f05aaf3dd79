package io.qilin.agents.analyst;

import io.qilin.agents.internal.Fingerprint;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.ThemeMembership;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which industry a share belongs to: by a table of the host, else by themes that are industries. */
final class Industries {
  private final Map<Symbol, String> table;
  private final @Nullable String prefix;

  /**
   * @param prefix how the ids of themes begin that are industries; {@code null} if none are
   */
  Industries(Map<Symbol, String> table, @Nullable String prefix) {
    this.table = new TreeMap<>(table);
    this.prefix = prefix;
  }

  boolean isTabled() {
    return !table.isEmpty();
  }

  Optional<String> prefix() {
    return Optional.ofNullable(prefix);
  }

  String fingerprint() {
    Fingerprint print = new Fingerprint().add(table.size());
    table.forEach((symbol, industry) -> print.add(symbol.toString()).add(industry));
    return print.hex();
  }

  /** The industry of a share on the snapshot's day; the one that was announced last. */
  Optional<String> of(MarketSnapshot snapshot, Symbol symbol) {
    String tabled = table.get(symbol);
    if (tabled != null || prefix == null) {
      return Optional.ofNullable(tabled);
    }
    ThemeMembership last = null;
    for (ThemeMembership theme : snapshot.records().of(ThemeMembership.class, symbol)) {
      boolean later = last == null || !theme.asOf().isBefore(last.asOf());
      if (later && theme.themeId().startsWith(prefix) && theme.holdsOn(snapshot.day())) {
        last = theme;
      }
    }
    return last == null ? Optional.empty() : Optional.of(last.themeId());
  }

  /** The members of each industry among some shares, for ranks within it. Immutable. */
  static final class Groups {
    private final int[] group;
    private final List<int[]> members = new ArrayList<>();

    Groups(List<Optional<String>> industries) {
      group = new int[industries.size()];
      Map<String, Integer> numbers = new HashMap<>();
      Map<Integer, List<Integer>> lists = new LinkedHashMap<>();
      for (int k = 0; k < group.length; k++) {
        Optional<String> name = industries.get(k);
        group[k] = name.isEmpty() ? -1 : numbers.computeIfAbsent(name.get(), n -> numbers.size());
        if (group[k] >= 0) {
          lists.computeIfAbsent(group[k], g -> new ArrayList<>()).add(k);
        }
      }
      lists.values().forEach(list -> members.add(list.stream().mapToInt(k -> k).toArray()));
    }

    /**
     * The percentile of each value in its industry; where fewer than 5 of it are known, or it has
     * none, among all. {@code NaN} if that are fewer than 5 too.
     */
    double[] percentiles(double[] values) {
      double[] out = CrossSection.percentiles(values, k -> true);
      for (int[] own : members) {
        double[] sorted = Arrays.stream(own)
            .mapToDouble(k -> values[k])
            .filter(Double::isFinite)
            .sorted()
            .toArray();
        if (sorted.length >= CrossSection.MIN_NAMES) {
          for (int k : own) {
            out[k] = Double.isFinite(values[k])
                ? CrossSection.percentile(sorted, values[k], CrossSection.MIN_NAMES)
                : Double.NaN;
          }
        }
      }
      return out;
    }

    /** Whether a share has an industry of at least 5 shares. */
    boolean neutral(int k) {
      return group[k] >= 0 && members.get(group[k]).length >= CrossSection.MIN_NAMES;
    }
  }
}
