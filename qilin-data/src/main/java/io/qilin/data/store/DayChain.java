package io.qilin.data.store;

import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.api.market.Panel;
import io.qilin.data.internal.Sha256;
import io.qilin.data.lineage.ContentHash;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * For each day of a panel the hash of all that is known up to it: the day before's hash, the date, the instruments that
 * have a row, and their values. Two panels have the same hash on a day exactly if they agree on everything until then, so
 * a new day is seen as an addition, and a change in the past shows from that day on.
 *
 * <p>{@link #of} reads the whole panel. A host that knows that it only added days keeps the chain and calls {@link
 * #extend}, which reads the new days only. Immutable and safe to share.
 */
public final class DayChain {
  private static final int DAYS_AT_ONCE = 64;
  private static final int BUFFER = 1 << 13;

  private final SortedSet<Field> fields;
  private final List<LocalDate> days;
  private final List<ContentHash> hashes;

  private DayChain(SortedSet<Field> fields, List<LocalDate> days, List<ContentHash> hashes) {
    this.fields = fields;
    this.days = days;
    this.hashes = hashes;
  }

  /** The chain of all fields of a panel. */
  public static DayChain of(Panel panel) {
    return of(panel, panel.fields());
  }

  /**
   * The chain of some fields of a panel; the others do not count.
   *
   * @throws QilinException DATA_NOT_FOUND for a field that the panel lacks
   */
  public static DayChain of(Panel panel, SortedSet<Field> fields) {
    SortedSet<Field> copy = Collections.unmodifiableSortedSet(new TreeSet<>(fields));
    return new DayChain(copy, List.copyOf(panel.days()), hashes(panel, copy, List.of()));
  }

  /**
   * The chain of a panel that goes on where this chain's ended: only the days after it are read. That the days before are
   * as they were is taken on trust, as are the dates' order; the dates themselves are compared.
   *
   * @throws QilinException INVALID_ARGUMENT if the panel does not begin with the days of this chain
   */
  public DayChain extend(Panel panel) {
    int known = days.size();
    if (panel.days().size() < known || !panel.days().subList(0, known).equals(days)) {
      throw QilinException.invalid(
          "the panel does not begin with the " + known + " days of the chain, which end on "
              + days.get(known - 1) + "; make a chain of the panel");
    }
    return new DayChain(fields, List.copyOf(panel.days()), hashes(panel, fields, hashes));
  }

  private static List<ContentHash> hashes(
      Panel panel, SortedSet<Field> fields, List<ContentHash> known) {
    List<ContentHash> hashes = new ArrayList<>(known);
    ContentHash last = known.isEmpty() ? seed(panel, fields) : known.get(known.size() - 1);
    long[] names = names(panel);
    int end = panel.days().size();
    for (int from = known.size(); from < end; from += DAYS_AT_ONCE) {
      int to = Math.min(end, from + DAYS_AT_ONCE);
      double[][][] rows = rows(panel, fields, from, to);
      for (int day = from; day < to; day++) {
        last = next(panel, names, rows, from, day, last);
        hashes.add(last);
      }
    }
    return List.copyOf(hashes);
  }

  /**
   * Whether the last day's hash follows from the day before's and the panel's values. It tells panels apart that differ on
   * the last day, at the cost of that day.
   *
   * @param panel with the days of this chain
   */
  boolean endsAs(Panel panel) {
    int last = days.size() - 1;
    ContentHash before = last == 0 ? seed(panel, fields) : hash(last - 1);
    double[][][] rows = rows(panel, fields, last, last + 1);
    return next(panel, names(panel), rows, last, last, before).equals(hash(last));
  }

  /** Of each instrument the first 16 bytes of its name's SHA-256: as good as the name, and of one length. */
  private static long[] names(Panel panel) {
    long[] names = new long[2 * panel.symbols().size()];
    for (int i = 0; i < panel.symbols().size(); i++) {
      ByteBuffer digest = ByteBuffer.wrap(
          new Sha256(1 << 7).add(panel.symbols().get(i).toString()).bytes());
      names[2 * i] = digest.getLong();
      names[2 * i + 1] = digest.getLong();
    }
    return names;
  }

  private static ContentHash seed(Panel panel, SortedSet<Field> fields) {
    Sha256 sha = new Sha256().add("day-chain").add(panel.adjustment().name()).add(fields.size());
    fields.forEach(field -> sha.add(field.name()));
    return new ContentHash(sha.hex());
  }

  /** Field, day, instrument. */
  private static double[][][] rows(Panel panel, SortedSet<Field> fields, int from, int to) {
    int width = panel.symbols().size();
    double[][][] rows = new double[fields.size()][to - from][width];
    int[] offsets = new int[to - from];
    int f = 0;
    for (Field field : fields) {
      panel.crossSections(field, 0, width, from, to, rows[f++], offsets);
    }
    return rows;
  }

  private static ContentHash next(
      Panel panel, long[] names, double[][][] rows, int from, int day, ContentHash before) {
    Sha256 sha = new Sha256(BUFFER).add(before.hex()).add(panel.days().get(day).toEpochDay());
    for (int i = 0; i < panel.symbols().size(); i++) {
      if (day >= panel.firstRow(i) && day < panel.endRow(i)) {
        sha.add(names[2 * i]).add(names[2 * i + 1]);
        for (double[][] field : rows) {
          sha.add(field[day - from][i]);
        }
      }
    }
    return new ContentHash(sha.hex());
  }

  /** The days, ascending. */
  public List<LocalDate> days() {
    return days;
  }

  /** The fields that count. */
  public SortedSet<Field> fields() {
    return fields;
  }

  /** The hash of all until a day, by the day's index. */
  public ContentHash hash(int day) {
    return hashes.get(day);
  }

  /** The hash of all days. */
  public ContentHash last() {
    return hashes.get(hashes.size() - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DayChain chain
        && fields.equals(chain.fields)
        && days.equals(chain.days)
        && hashes.equals(chain.hashes);
  }

  @Override
  public int hashCode() {
    return hashes.hashCode();
  }
}
