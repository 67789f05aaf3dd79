package io.qilin.agents.analyst;

import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.market.Symbol;
import io.qilin.api.record.ThemeMembership;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A theme (题材) on the snapshot's day, with those of its shares that traded.
 *
 * @param id its code at the source
 * @param members indices of instruments, ascending
 */
record Theme(String id, List<Integer> members) {
  private record Claim(Symbol symbol, String theme, LocalDate from) {}

  Theme {
    members = List.copyOf(members);
  }

  /**
   * The themes of the day as they were known then, by their codes. Of several statements about one
   * membership, the same share, theme and first day, the one that became public last holds.
   *
   * @param traded instruments that traded, ascending
   */
  static List<Theme> of(MarketSnapshot snapshot, int[] traded) {
    Map<Claim, ThemeMembership> latest = new HashMap<>();
    for (ThemeMembership told : snapshot.records().all(ThemeMembership.class)) {
      latest.merge(
          new Claim(told.of(), told.themeId(), told.from()),
          told,
          (one, other) -> other.asOf().isBefore(one.asOf()) ? one : other);
    }
    Map<Symbol, List<String>> themesOf = new HashMap<>();
    for (ThemeMembership told : latest.values()) {
      List<String> themes = themesOf.computeIfAbsent(told.of(), s -> new ArrayList<>());
      if (told.holdsOn(snapshot.day()) && !themes.contains(told.themeId())) {
        themes.add(told.themeId());
      }
    }
    SortedMap<String, List<Integer>> members = new TreeMap<>();
    for (int i : traded) {
      for (String id : themesOf.getOrDefault(snapshot.raw().symbols().get(i), List.of())) {
        members.computeIfAbsent(id, t -> new ArrayList<>()).add(i);
      }
    }
    List<Theme> themes = new ArrayList<>();
    members.forEach((id, of) -> themes.add(new Theme(id, of)));
    return themes;
  }
}
