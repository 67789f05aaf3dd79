package io.qilin.ops.backup;

import io.qilin.api.error.QilinException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which backups are kept: the last ones, the last one of each of the last days, and the last one of each of the last weeks that
 * have any. Days and weeks (from Monday) are those of UTC in which a backup began.
 *
 * @param last how many of the newest are kept, from 1
 * @param daily of how many days
 * @param weekly of how many weeks
 */
public record Retention(int last, int daily, int weekly) {
  /** The last 8, those of 7 days, those of 5 weeks. */
  public static final Retention DEFAULT = new Retention(8, 7, 5);

  private static final int MOST = 10_000;

  /** Checks the numbers. */
  public Retention {
    if (last < 1 || last > MOST || daily < 0 || daily > MOST || weekly < 0 || weekly > MOST) {
      throw QilinException.invalid(
          "retention keeps the last 1 to " + MOST + " backups and those of 0 to " + MOST
              + " days and weeks, not " + last + ", " + daily + ", " + weekly);
    }
  }

  /** The names of those that are kept. */
  Set<String> kept(List<Backup> backups) {
    List<Backup> newest = new ArrayList<>(backups);
    newest.sort(Comparator.comparingLong(Backup::sequence).reversed());
    Set<String> kept = new HashSet<>();
    newest.stream().limit(last).forEach(backup -> kept.add(backup.name()));
    kept.addAll(firsts(newest, daily, Retention::day));
    kept.addAll(firsts(
        newest,
        weekly,
        backup -> day(backup).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))));
    return kept;
  }

  private static LocalDate day(Backup backup) {
    return LocalDate.ofInstant(backup.began(), ZoneOffset.UTC);
  }

  /** The newest backup of each of the latest spans. */
  private static Set<String> firsts(
      List<Backup> newest, int spans, Function<Backup, LocalDate> span) {
    TreeMap<LocalDate, String> firsts = new TreeMap<>(Collections.reverseOrder());
    newest.forEach(backup -> firsts.putIfAbsent(span.apply(backup), backup.name()));
    return new HashSet<>(firsts.values().stream().limit(spans).toList());
  }
}
