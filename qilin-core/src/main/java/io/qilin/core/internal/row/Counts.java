package io.qilin.core.internal.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many rows of each window are valid, and what merges and results make of that number. All numbers are small whole
 * ones, so it does not matter for the bits of any result whether they were counted here, taken from another series with
 * the same holes, or are known because there are no holes.
 */
final class Counts extends Kernel {
  /** Where a variance below it counts as none: the least whose root is above 2e-5, Qlib's own limit. */
  private static final double FLAT = leastAbove(2e-5);

  private final Validity validity;
  private final List<Counts> earlier;
  private final TreeMap<Integer, Level> levels = new TreeMap<>();
  private Tile tile = new Tile(0, 1);
  /** For how many ticks another series has had the same holes. */
  private int[] sameFor = {};

  private double[] valid = {};

  /** Counts for a series; may take over the numbers of series that are counted before it. */
  Counts(Validity validity, List<Counts> earlier) {
    this.validity = validity;
    this.earlier = List.copyOf(earlier);
  }

  Validity validity() {
    return validity;
  }

  /** The numbers of one window. */
  static final class Level {
    final int window;
    final Rows n = Rows.of(0);
    /** Valid rows of the recent part over those of the older part. */
    final Rows ratio = Rows.of(0);
    /** Weight of the squared difference of means when parts are merged. */
    final Rows weight = Rows.of(0);
    /** n - 1, not below 0. */
    final Rows freedom = Rows.of(0);
    /** 0, or {@code NaN} if there is no valid row. */
    final Rows empty = Rows.of(Double.NaN);
    /** Sum of the ages of the valid rows, 0 for the newest. */
    final Rows ages = Rows.of(0);
    /** Sum of their squares. */
    final Rows agesSquared = Rows.of(0);
    /** Their mean. */
    final Rows meanAge = Rows.of(Double.NaN);
    /** Sum of squared deviations from it. */
    final Rows ageSpread = Rows.of(Double.NaN);
    /** Variance × (n - 1) below which Qlib takes a series for constant. */
    final Rows flat = Rows.of(0);

    private Rows[] all = {};
    private double[][] constants = {};
    private boolean merged;
    private boolean aged;
    /** For how many rows on end the constants stood in. */
    private int constantFor;

    /** Rows of the longest ring. */
    private int deepest;

    Level(int window) {
      this.window = window;
    }

    private Rows[] all() {
      if (all.length == 0) {
        all = new Rows[] {
          n, ratio, weight, freedom, empty, ages, agesSquared, meanAge, ageSpread, flat
        };
      }
      return all;
    }
  }

  /** The level of a window, and those it is made of. */
  Level level(int window) {
    Level known = levels.get(window);
    if (known != null) {
      return known;
    }
    Level level = new Level(window);
    levels.put(window, level);
    if (window > 1) {
      Split split = Split.of(window);
      level(split.recent());
      level(split.older()).n.keep(split.recent());
    }
    return level;
  }

  /** The level, with what merging its parts needs. */
  Level merged(int window) {
    Level level = level(window);
    if (!level.merged) {
      level.merged = true;
      if (window > 1) {
        merged(Split.of(window).recent());
        merged(Split.of(window).older());
      }
    }
    return level;
  }

  /** The level, with what regressions on the place need. */
  Level aged(int window) {
    Level level = merged(window);
    if (!level.aged) {
      level.aged = true;
      if (window > 1) {
        Split split = Split.of(window);
        aged(split.recent());
        Level older = aged(split.older());
        older.ages.keep(split.recent());
        older.agesSquared.keep(split.recent());
      }
    }
    return level;
  }

  /** Has those that may lend count and keep all that may be borrowed. */
  static void share(List<Counts> all) {
    Set<Counts> lenders = new LinkedHashSet<>();
    all.forEach(counts -> lenders.addAll(counts.earlier));
    for (Counts lender : lenders) {
      for (Counts borrower : all) {
        borrower.askOf(lender);
      }
    }
    for (Counts lender : lenders) {
      for (Counts borrower : all) {
        borrower.keepIn(lender);
      }
    }
  }

  private void askOf(Counts lender) {
    for (Level level : new ArrayList<>(levels.values())) {
      lender.level(level.window);
      if (level.merged) {
        lender.merged(level.window);
      }
      if (level.aged) {
        lender.aged(level.window);
      }
    }
  }

  private void keepIn(Counts lender) {
    for (Level level : levels.values()) {
      Rows[] rows = level.all();
      Rows[] lent = lender.level(level.window).all();
      for (int i = 0; i < rows.length; i++) {
        lent[i].keep(rows[i].lag());
      }
    }
  }

  List<Rows> rows() {
    List<Rows> rows = new ArrayList<>();
    levels.values().forEach(level -> rows.addAll(Arrays.asList(level.all())));
    return rows;
  }

  @Override
  void allocate(Tile shape) {
    tile = shape;
    sameFor = new int[earlier.size()];
    Arrays.fill(sameFor, longest());
    valid = new double[tile.width];
    for (Level level : levels.values()) {
      level.constants = whole(level.window, tile.width);
      for (Rows rows : level.all()) {
        level.deepest = Math.max(level.deepest, rows.depth());
      }
    }
  }

  /** What holds where all rows of a window are valid. */
  private static double[][] whole(int window, int width) {
    Level one = new Level(window);
    double n = window;
    double[][] rows = new double[one.all().length][width];
    Arrays.fill(rows[0], n);
    if (window > 1) {
      Split split = Split.of(window);
      double recent = split.recent();
      double older = split.older();
      Arrays.fill(rows[1], recent / older);
      Arrays.fill(rows[2], older / (recent * n));
    }
    Arrays.fill(rows[3], n - 1);
    Arrays.fill(rows[5], n * (n - 1) / 2);
    Arrays.fill(rows[6], (n - 1) * n * (2 * n - 1) / 6);
    Arrays.fill(rows[7], meanAge(n));
    Arrays.fill(rows[8], ageSpread(n));
    Arrays.fill(rows[9], flat(n - 1));
    return rows;
  }

  /** Mean age of all rows of a window. */
  static double meanAge(double n) {
    return n * (n - 1) / 2 / n;
  }

  /** Sum of squared deviations of the ages of all rows of a window from their mean. */
  static double ageSpread(double n) {
    double ages = n * (n - 1) / 2;
    double squares = (n - 1) * n * (2 * n - 1) / 6;
    return (n * squares - ages * ages) / n;
  }

  /** Sum of squares below which a series counts as flat. */
  static double flat(double freedom) {
    return freedom * FLAT;
  }

  @Override
  void reset() {
    Arrays.fill(sameFor, longest());
    levels.values().forEach(level -> level.constantFor = 0);
  }

  /** From so many ticks on the rows of all windows are the same, those of the days before in a row too. */
  private int longest() {
    return levels.lastKey() + tile.days;
  }

  @Override
  void run(int tick) {
    Counts leader = leader(tick);
    for (Level level : levels.values()) {
      if (validity.wholeFor(tick, level.window)) {
        if (level.constantFor <= level.deepest) {
          level.constantFor++;
          borrow(level, tick);
        }
        continue;
      }
      level.constantFor = 0;
      if (leader != this) {
        borrow(level, leader.level(level.window), tick);
      } else if (level.window == 1) {
        mark(validity.bits(tick), valid);
        first(level, tick);
      } else {
        merge(level, tick);
      }
    }
  }

  /** The first earlier series that has had the same holes for the longest window, or this one. */
  private Counts leader(int tick) {
    int longest = longest();
    Counts leader = this;
    for (int i = sameFor.length - 1; i >= 0; i--) {
      sameFor[i] = validity.same(earlier.get(i).validity, tick)
          ? Math.min(sameFor[i] + tile.days, longest)
          : 0;
      if (sameFor[i] >= longest) {
        leader = earlier.get(i);
      }
    }
    return leader;
  }

  private static void borrow(Level level, int tick) {
    Rows[] rows = level.all();
    for (int i = 0; i < rows.length; i++) {
      rows[i].borrow(tick, level.constants[i]);
    }
  }

  private static void borrow(Level level, Level from, int tick) {
    Rows[] rows = level.all();
    Rows[] lent = from.all();
    for (int i = 0; i < rows.length; i++) {
      rows[i].borrow(tick, lent[i].at(tick));
    }
  }

  private static void mark(long[] bits, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (double) (int) (bits[i >>> 6] >>> i & 1);
    }
  }

  private void first(Level level, int tick) {
    double[] n = level.n.write(tick);
    System.arraycopy(valid, 0, n, 0, n.length);
    results(level, tick);
    if (level.aged) {
      double[] zero = level.constants[5];
      level.ages.borrow(tick, zero);
      level.agesSquared.borrow(tick, zero);
      aged(level, tick);
    }
  }

  private void merge(Level level, int tick) {
    Split split = Split.of(level.window);
    Level recent = level(split.recent());
    Level older = level(split.older());
    double[] nA = recent.n.at(tick);
    double[] nB = older.n.before(tick, split.recent(), 0);
    double[] n = level.n.write(tick);
    add(nA, nB, n);
    if (level.merged) {
      weigh(nA, nB, n, level.ratio.write(tick), level.weight.write(tick));
    }
    results(level, tick);
    if (level.aged) {
      double m = split.recent();
      double[] agesB = older.ages.before(tick, split.recent(), 1);
      age(recent.ages.at(tick), agesB, nB, m, level.ages.write(tick));
      age(
          recent.agesSquared.at(tick),
          older.agesSquared.before(tick, split.recent(), 2),
          agesB,
          nB,
          m,
          level.agesSquared.write(tick));
      aged(level, tick);
    }
  }

  private static void results(Level level, int tick) {
    double[] n = level.n.at(tick);
    free(n, level.freedom.write(tick), level.flat.write(tick));
    empty(n, level.empty.write(tick));
  }

  private static void aged(Level level, int tick) {
    double[] n = level.n.at(tick);
    double[] ages = level.ages.at(tick);
    double[] squares = level.agesSquared.at(tick);
    spread(n, ages, squares, level.meanAge.write(tick), level.ageSpread.write(tick));
  }

  private static void add(double[] a, double[] b, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  private static void weigh(double[] a, double[] b, double[] n, double[] ratio, double[] weight) {
    for (int i = 0; i < ratio.length; i++) {
      ratio[i] = a[i] / Math.max(b[i], 1);
      weight[i] = b[i] / (Math.max(a[i], 1) * Math.max(n[i], 1));
    }
  }

  private static void free(double[] n, double[] freedom, double[] flat) {
    for (int i = 0; i < freedom.length; i++) {
      double free = Math.max(n[i] - 1, 0);
      freedom[i] = free;
      flat[i] = free * FLAT;
    }
  }

  private static void empty(double[] n, double[] empty) {
    for (int i = 0; i < empty.length; i++) {
      empty[i] = 0 / n[i];
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

  private static void spread(
      double[] n, double[] ages, double[] squares, double[] mean, double[] spread) {
    for (int i = 0; i < mean.length; i++) {
      mean[i] = ages[i] / n[i];
      spread[i] = (n[i] * squares[i] - ages[i] * ages[i]) / n[i];
    }
  }

  private static double leastAbove(double deviation) {
    double variance = deviation * deviation;
    while (Math.sqrt(variance) > deviation) {
      variance = Math.nextDown(variance);
    }
    while (Math.sqrt(variance) <= deviation) {
      variance = Math.nextUp(variance);
    }
    return variance;
  }

  @Override
  long stateBytes(int lanes) {
    return 4L * earlier.size();
  }

  @Override
  void save(StateWriter out, int lanes) {
    for (int ticks : sameFor) {
      out.integer(ticks);
    }
  }

  @Override
  void load(StateReader in, int lanes) {
    for (int i = 0; i < sameFor.length; i++) {
      sameFor[i] = in.integer();
    }
    for (Level level : levels.values()) {
      level.constantFor = 0;
    }
  }
}
