package io.qilin.mlops.dataset;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.factor.FactorTable;
import io.qilin.api.factor.LabelTable;
import io.qilin.api.market.Symbol;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Factors and labels seen as rows: one a day and instrument. A view: the tables are not copied; memory is 4 bytes a row. Within a
 * day, rows are in the order of the instruments. Immutable and safe to share.
 *
 * <p>Unless a {@link Universe} says otherwise there is a row where at least one factor is known. Qlib has rows of which nothing
 * is known too, see {@link Universe#spans}; filling such a row invents an instrument, so here they have to be asked for.
 */
public final class FeatureFrame {
  private final FactorTable factors;
  private final @Nullable LabelTable labels;
  private final ColumnNames names;
  /** The instruments of each day, ascending. */
  private final int[][] members;

  private FeatureFrame(FactorTable factors, @Nullable LabelTable labels, int[][] members) {
    this.factors = factors;
    this.labels = labels;
    this.names = new ColumnNames(factors.names(), labels == null ? List.of() : labels.names());
    this.members = members;
  }

  /** Factors without labels, to predict from. */
  public static FeatureFrame of(FactorTable factors) {
    return new FeatureFrame(factors, null, known(factors));
  }

  /**
   * Factors and labels.
   *
   * @throws QilinException INVALID_ARGUMENT if the tables differ in days or instruments, or a name is in both
   */
  public static FeatureFrame of(FactorTable factors, LabelTable labels) {
    if (!factors.symbols().equals(labels.symbols()) || !factors.days().equals(labels.days())) {
      throw QilinException.invalid("factors and labels differ in their instruments or days: "
          + factors.symbols().size() + " × " + factors.days().size() + " and "
          + labels.symbols().size() + " × " + labels.days().size()
          + "; compute both of one panel from the same day to the same day");
    }
    return new FeatureFrame(factors, labels, known(factors));
  }

  /** The same tables, with those of the rows that are in a universe. */
  public FeatureFrame within(Universe universe) {
    Objects.requireNonNull(universe, "universe");
    int[][] kept = new int[members.length][];
    for (int day = 0; day < kept.length; day++) {
      int at = day;
      kept[day] =
          Arrays.stream(members[day]).filter(i -> universe.contains(i, at)).toArray();
    }
    return new FeatureFrame(factors, labels, kept);
  }

  /** The same tables, with a row wherever a universe says so, even if nothing is known of it. */
  public FeatureFrame withRows(Universe universe) {
    Objects.requireNonNull(universe, "universe");
    int[][] rows = new int[members.length][];
    for (int day = 0; day < rows.length; day++) {
      int[] some = new int[factors.symbols().size()];
      int count = 0;
      for (int i = 0; i < some.length; i++) {
        if (universe.contains(i, day)) {
          some[count++] = i;
        }
      }
      rows[day] = Arrays.copyOf(some, count);
    }
    return new FeatureFrame(factors, labels, rows);
  }

  /**
   * Qlib's {@code TimeRangeFlt}: only instruments of which the first row is not after a range's first day and the last row not
   * before its last. Days of the range that are not in the tables are passed over. <b>It looks ahead</b>: at the range's first
   * day nobody knew which instruments would last; what is learnt from the survivors flatters.
   *
   * @throws QilinException DATE_OUT_OF_RANGE if no day of the range is in the tables
   */
  public FeatureFrame covering(DayRange range) {
    int first = firstDay(range.first());
    int last = firstDay(range.last().plusDays(1)) - 1;
    if (first > last) {
      throw outside(range);
    }
    int instruments = factors.symbols().size();
    int[] begins = new int[instruments];
    int[] ends = new int[instruments];
    Arrays.fill(begins, Integer.MAX_VALUE);
    Arrays.fill(ends, -1);
    for (int day = 0; day < members.length; day++) {
      for (int i : members[day]) {
        begins[i] = Math.min(begins[i], day);
        ends[i] = day;
      }
    }
    return within((instrument, day) -> begins[instrument] <= first && ends[instrument] >= last);
  }

  private static int[][] known(FactorTable factors) {
    int instruments = factors.symbols().size();
    int[][] members = new int[factors.days().size()][];
    double[] values = new double[instruments];
    for (int day = 0; day < members.length; day++) {
      boolean[] known = new boolean[instruments];
      int left = instruments;
      for (int c = 0; c < factors.names().size() && left > 0; c++) {
        factors.crossSection(c, day, values);
        for (int i = 0; i < instruments; i++) {
          if (!known[i] && !Double.isNaN(values[i])) {
            known[i] = true;
            left--;
          }
        }
      }
      int[] some = new int[instruments];
      int count = 0;
      for (int i = 0; i < instruments; i++) {
        if (known[i]) {
          some[count++] = i;
        }
      }
      members[day] = Arrays.copyOf(some, count);
    }
    return members;
  }

  /** The factors' names. */
  public List<String> features() {
    return names.features();
  }

  /** The labels' names; empty without labels. */
  public List<String> labels() {
    return names.labels();
  }

  /** The instruments. */
  public List<Symbol> symbols() {
    return factors.symbols();
  }

  /** The days, ascending. */
  public List<LocalDate> days() {
    return factors.days();
  }

  /** How many rows a day has. */
  public int rows(int day) {
    return members[day].length;
  }

  ColumnNames names() {
    return names;
  }

  /** The place of the first day that is not before a day. */
  int firstDay(LocalDate day) {
    int low = 0;
    int high = days().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days().get(middle).isBefore(day)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  QilinException outside(DayRange range) {
    return new QilinException(
        ErrorCode.DATE_OUT_OF_RANGE,
        "no day of " + range + " is in the table"
            + (days().isEmpty()
                ? ", which has no day"
                : ", which goes from " + days().get(0) + " to "
                    + days().get(days().size() - 1)));
  }

  int mostRows() {
    int most = 0;
    for (int[] day : members) {
      most = Math.max(most, day.length);
    }
    return most;
  }

  /** Loads the needed columns of a day. */
  void load(Section section, int day, double[] scratch) {
    int[] rows = members[day];
    section.begin(names.features().size(), rows.length);
    System.arraycopy(rows, 0, section.ids, 0, rows.length);
    for (int c = 0; c < section.width(); c++) {
      double[] column = section.columns[c];
      if (column != null) {
        if (c < section.features) {
          factors.crossSection(c, day, scratch);
        } else {
          Objects.requireNonNull(labels).crossSection(c - section.features, day, scratch);
        }
        for (int i = 0; i < rows.length; i++) {
          column[i] = scratch[rows[i]];
        }
      }
    }
  }
}
