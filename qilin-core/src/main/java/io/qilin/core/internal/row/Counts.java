package io.qilin.core.internal.row;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of each window are valid, and what merges and results make of that number. All numbers are small whole
 * ones, so it does not matter for the bits of any result whether they were counted here, taken from another series with
 * the same holes, or are known because there are no holes.
 */
final class Counts extends Kernel {
  private final Validity validity;
  private final @Nullable Counts lender;
  private final TreeMap<Integer, Level> levels = new TreeMap<>();
  private Tile tile = Tile.NONE;
  /** For how many ticks the lender has had the same holes. */
  private int sameFor;

  private final double[][] marks = new double[ShortWindow.MOST][];
  private Level[] byWindow = {};
  private int longestWindow;
  /** The same windows of the lender. */
  private Level[] lent = {};
  /** Whether nothing is to be done until there is a hole. */
  private boolean settled;

  /**
   * Counts for a series.
   *
   * @param lender counts that are made before and may be taken over while the holes are the same; has no lender itself
   */
  Counts(Validity validity, @Nullable Counts lender) {
    this.validity = validity;
    this.lender = lender;
  }

  Validity validity() {
    return validity;
  }

  /** The numbers of one window, those that are asked for. */
  private static final class Level {
    final int window;
    private final EnumMap<Quantity, Rows> asked = new EnumMap<>(Quantity.class);
    private Quantity[] numbers = {};
    private Rows[] rows = {};
    private double[][] constants = {};
    private @Nullable Level recent;
    private @Nullable Level older;
    /** For how many rows on end the constants stood in. */
    private int constantFor;
    /** Rows of the longest ring. */
    private int deepest;

    Level(int window) {
      this.window = window;
    }

    boolean has(Quantity number) {
      return asked.containsKey(number);
    }

    Rows rows(Quantity number) {
      return asked.computeIfAbsent(number, n -> Rows.of(n.initial));
    }
  }

  /** The rows of a number of a window, counted and kept from now on. */
  Rows rows(Quantity number, int window) {
    Level level = level(window);
    if (!level.has(number)) {
      askParts(number, window);
    }
    return level.rows(number);
  }

  /** The valid rows of a window. */
  Rows n(int window) {
    return rows(Quantity.VALID, window);
  }

  private Level level(int window) {
    Level known = levels.get(window);
    if (known != null) {
      return known;
    }
    Level level = new Level(window);
    levels.put(window, level);
    rows(Quantity.VALID, window);
    return level;
  }

  private void askParts(Quantity number, int window) {
    switch (number) {
      case VALID, AGES -> askParts(window, number);
      case AGES_SQUARED -> {
        rows(Quantity.AGES, window);
        askParts(window, number);
      }
      case MEAN_AGE -> rows(Quantity.AGES, window);
      case AGE_SPREAD -> rows(Quantity.AGES_SQUARED, window);
      case RATIO, WEIGHT, INVERSE -> {}
    }
  }

  private void askParts(int window, Quantity number) {
    if (ShortWindow.is(window)) {
      level(1).rows(Quantity.VALID).keep(window - 1);
    } else {
      Split split = Split.of(window);
      rows(number, split.recent());
      rows(number, split.older()).keep(split.recent());
    }
  }

  /** Has those that lend count what is asked of the borrowers, and keep it as long. */
  static void share(List<Counts> all) {
    for (Counts borrower : all) {
      if (borrower.lender != null) {
        borrower.keepIn(borrower.lender);
      }
    }
  }

  private void keepIn(Counts lender) {
    for (Level level : levels.values()) {
      level.asked.forEach((number, rows) -> lender.rows(number, level.window).keep(rows.lag()));
    }
  }

  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    levels.values().forEach(level -> rows.addAll(level.asked.values()));
    return rows;
  }

  @Override
  void allocate(Tile shape) {
    tile = shape;
    longestWindow = levels.lastKey();
    byWindow = levels.values().toArray(new Level[0]);
    if (lender != null) {
      lent = levels.keySet().stream().map(lender::level).toArray(Level[]::new);
    }
    for (Level level : byWindow) {
      level.numbers = level.asked.keySet().toArray(new Quantity[0]);
      level.rows = level.asked.values().toArray(new Rows[0]);
      if (!ShortWindow.is(level.window)) {
        level.recent = level(Split.of(level.window).recent());
        level.older = level(Split.of(level.window).older());
      }
      level.constants = level.asked.keySet().stream()
          .map(number -> tile.blank(number.whole(level.window)))
          .toArray(double[][]::new);
      for (Rows rows : level.rows) {
        level.deepest = Math.max(level.deepest, rows.depth());
      }
    }
  }

  @Override
  void reset() {
    sameFor = longest();
    settled = false;
    levels.values().forEach(level -> level.constantFor = 0);
  }

  /** From so many ticks on the rows of all windows are the same, those of the days before in a row too. */
  private int longest() {
    return longestWindow + tile.days;
  }

  @Override
  void run(int tick) {
    boolean whole = validity.wholeFor(tick, longestWindow);
    if (whole && settled) {
      return;
    }
    count(tick);
    settled = whole && isConstant();
    if (settled) {
      sameFor = 0;
    }
  }

  /** Whether constants stand in everywhere. */
  private boolean isConstant() {
    for (Level level : byWindow) {
      if (level.constantFor <= level.deepest) {
        return false;
      }
    }
    return true;
  }

  private void count(int tick) {
    boolean borrows = borrows(tick);
    for (int i = 0; i < byWindow.length; i++) {
      Level level = byWindow[i];
      if (validity.wholeFor(tick, level.window)) {
        if (level.constantFor <= level.deepest) {
          level.constantFor++;
          borrow(level, tick);
        }
        continue;
      }
      level.constantFor = 0;
      if (borrows) {
        borrow(level, lent[i], tick);
      } else {
        merge(level, tick);
      }
    }
  }

  /** Whether the lender has had the same holes for the longest window. */
  private boolean borrows(int tick) {
    if (lender == null) {
      return false;
    }
    int longest = longest();
    sameFor = validity.same(lender.validity, tick) ? Math.min(sameFor + tile.days, longest) : 0;
    return sameFor >= longest;
  }

  private static void borrow(Level level, int tick) {
    for (int i = 0; i < level.rows.length; i++) {
      level.rows[i].borrow(tick, level.constants[i]);
    }
  }

  private static void borrow(Level level, Level from, int tick) {
    for (int i = 0; i < level.rows.length; i++) {
      level.rows[i].borrow(tick, from.rows(level.numbers[i]).at(tick));
    }
  }

  private void merge(Level level, int tick) {
    for (int i = 0; i < level.rows.length; i++) {
      double[] out = level.rows[i].write(tick);
      if (level.recent == null || level.older == null) {
        count(level.numbers[i], level, tick, out);
      } else {
        merge(level.numbers[i], level, level.recent, level.older, tick, out);
      }
    }
  }

  private void count(Quantity number, Level level, int tick, double[] out) {
    switch (number) {
      case VALID -> {
        if (level.window == 1) {
          mark(validity.bits(tick), out);
        } else {
          ShortWindow.sum(marks(level.window, tick), out);
        }
      }
      case AGES -> ShortWindow.ages(marks(level.window, tick), out);
      case AGES_SQUARED -> ShortWindow.squaredAges(marks(level.window, tick), out);
      default -> result(number, level, tick, out);
    }
  }

  /** The rows of a short window, 1 where valid, the newest first, and rows of 0 beyond it. */
  private double[][] marks(int window, int tick) {
    Rows valid = level(1).rows(Quantity.VALID);
    for (int k = 0; k < marks.length; k++) {
      marks[k] = k < window ? valid.before(tick, k, k) : tile.zeros;
    }
    return marks;
  }

  private static void mark(long[] bits, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (double) (int) (bits[i >>> 6] >>> i & 1);
    }
  }

  private static void merge(
      Quantity number, Level level, Level recent, Level older, int tick, double[] out) {
    int m = recent.window;
    double[] n = level.rows(Quantity.VALID).at(tick);
    double[] nA = recent.rows(Quantity.VALID).at(tick);
    double[] nB = older.rows(Quantity.VALID).before(tick, m, 0);
    switch (number) {
      case VALID -> add(nA, nB, out);
      case RATIO -> ratio(nA, nB, out);
      case WEIGHT -> weight(nA, nB, n, out);
      case AGES ->
        age(
            recent.rows(Quantity.AGES).at(tick),
            older.rows(Quantity.AGES).before(tick, m, 1),
            nB,
            m,
            out);
      case AGES_SQUARED ->
        age(
            recent.rows(Quantity.AGES_SQUARED).at(tick),
            older.rows(Quantity.AGES_SQUARED).before(tick, m, 1),
            older.rows(Quantity.AGES).before(tick, m, 2),
            nB,
            m,
            out);
      default -> result(number, level, tick, out);
    }
  }

  private static void result(Quantity number, Level level, int tick, double[] out) {
    double[] n = level.rows(Quantity.VALID).at(tick);
    switch (number) {
      case INVERSE -> invert(n, out);
      case MEAN_AGE -> mean(n, level.rows(Quantity.AGES).at(tick), out);
      case AGE_SPREAD ->
        spread(
            n,
            level.rows(Quantity.AGES).at(tick),
            level.rows(Quantity.AGES_SQUARED).at(tick),
            out);
      default -> throw new QilinException(ErrorCode.UNKNOWN, number + " is merged");
    }
  }

  private static void add(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  private static void ratio(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] / Math.max(b[i], 1);
    }
  }

  private static void weight(double[] a, double[] b, double[] n, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = b[i] / (Math.max(a[i], 1) * Math.max(n[i], 1));
    }
  }

  private static void invert(double[] n, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = 1 / Math.max(n[i], 1);
    }
  }

  private static void age(double[] a, double[] b, double[] nB, double m, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i] + m * nB[i];
    }
  }

  private static void age(
      double[] a, double[] b, double[] agesB, double[] nB, double m, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i] + 2 * m * agesB[i] + m * m * nB[i];
    }
  }

  private static void mean(double[] n, double[] ages, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = ages[i] / n[i];
    }
  }

  private static void spread(double[] n, double[] ages, double[] squares, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (n[i] * squares[i] - ages[i] * ages[i]) / n[i];
    }
  }

  @Override
  long stateBytes(int lanes) {
    return 4;
  }

  @Override
  void save(StateWriter out, int lanes) {
    out.integer(sameFor);
  }

  @Override
  void load(StateReader in, int lanes) {
    sameFor = in.integer();
    settled = false;
    for (Level level : byWindow) {
      level.constantFor = 0;
    }
  }
}
