package io.qilin.mlops.drift;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.core.factor.MultipleTesting;
import io.qilin.mlops.drift.DriftSignal.Kind;
import io.qilin.mlops.drift.DriftSignal.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Compares columns now with columns then, and judges them together. Not thread-safe.
 *
 * <ul>
 *   <li>A distribution: {@link KolmogorovSmirnov} gives the p-value; the effect is the population stability index, which must
 *       reach {@link DriftSettings#leastPsi} and what chance gives for the sizes.
 *   <li>Missing values: the two-sided normal test of two shares, pooled; the effect is their difference.
 *   <li>Categories: {@link ChiSquare}; the effect is Cramér's V.
 * </ul>
 *
 * <p>The p-values are corrected over all signals that have one; MISSING counts beside FEATURE where anything is missing. The
 * rates hold for independent values. Values of one trading day and of neighbouring days are not: give samples with an {@link ColumnSample#effectiveSize},
 * as {@link FactorColumns} makes them.
 */
public final class DriftCheck {
  private static final int MOST = 100_000;

  private final DriftSettings settings;
  private final ChancePsi chance;
  private final List<DriftSignal> signals = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Nothing compared yet. */
  public DriftCheck(DriftSettings settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    this.chance = new ChancePsi(settings.falseAlarms(), settings.seed());
  }

  /**
   * Compares a feature: its distribution, and its share of missing values.
   *
   * @throws QilinException INVALID_ARGUMENT if the name was added before; LIMIT_EXCEEDED for more than 100,000 columns
   */
  public DriftCheck feature(String name, ColumnSample reference, ColumnSample current) {
    add(name);
    signals.add(distribution(name, Kind.FEATURE, reference, current));
    signals.add(missing(name, reference, current));
    return this;
  }

  /**
   * Compares the label. Its missing values are labels that have not come yet, and are no signal.
   *
   * @throws QilinException as {@link #feature}
   */
  public DriftCheck label(String name, ColumnSample reference, ColumnSample current) {
    add(name);
    signals.add(distribution(name, Kind.LABEL, reference, current));
    return this;
  }

  /**
   * Compares a feature of categories. One that was never in the reference is a category as the others.
   *
   * @throws QilinException as {@link #feature}
   */
  public DriftCheck categories(String name, CategoryCounts reference, CategoryCounts current) {
    add(name);
    Set<String> all = new TreeSet<>(reference.counts().keySet());
    all.addAll(current.counts().keySet());
    long[] p = counts(reference, all);
    long[] q = counts(current, all);
    ChiSquare test = ChiSquare.of(p, q);
    boolean few = Math.min(reference.total(), current.total()) < settings.leastSample();
    boolean empty = all.isEmpty();
    signals.add(new DriftSignal(
        name,
        Kind.CATEGORY,
        reference.total(),
        current.total(),
        test.cramersV(),
        empty ? Double.NaN : Divergence.psi(p, q),
        Double.NaN,
        empty ? Double.NaN : Divergence.jensenShannon(p, q),
        few ? Double.NaN : test.pValue(),
        Double.NaN,
        few ? State.TOO_FEW : State.STABLE));
    return this;
  }

  /** The report of what has been compared so far. */
  public DriftReport report() {
    double[] pValues = signals.stream().mapToDouble(DriftSignal::pValue).toArray();
    int judged = (int) Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).count();
    MultipleTesting corrected = MultipleTesting.of(
        Arrays.stream(pValues).filter(p -> !Double.isNaN(p)).toArray(), Math.max(1, judged));
    List<DriftSignal> out = new ArrayList<>();
    int next = 0;
    for (DriftSignal signal : signals) {
      if (Double.isNaN(signal.pValue())) {
        out.add(signal);
        continue;
      }
      double adjusted = switch (settings.control()) {
        case NONE -> signal.pValue();
        case HOLM -> corrected.holm(next);
        case BENJAMINI_HOCHBERG -> corrected.benjaminiHochberg(next);
      };
      next++;
      State state = State.STABLE;
      if (adjusted <= settings.falseAlarms()) {
        state = matters(signal) ? State.DRIFTED : State.SLIGHT;
      }
      out.add(signal.judged(adjusted, state));
    }
    return new DriftReport(settings, out);
  }

  private boolean matters(DriftSignal signal) {
    return switch (signal.kind()) {
      case FEATURE, LABEL ->
        signal.psi() >= settings.leastPsi()
            && (settings.leastPsi() == 0 || !(signal.psi() < signal.chancePsi()));
      case CATEGORY, MISSING -> Math.abs(signal.distance()) >= settings.leastShare();
    };
  }

  private DriftSignal distribution(
      String name, Kind kind, ColumnSample reference, ColumnSample current) {
    KolmogorovSmirnov test = KolmogorovSmirnov.of(reference, current);
    boolean few = Math.min(reference.known(), current.known()) < settings.leastSample();
    Bins bins = Bins.of(reference, settings.bins());
    long[] p = bins.counts(reference);
    long[] q = bins.counts(current);
    boolean empty = reference.size() == 0 || current.size() == 0;
    return new DriftSignal(
        name,
        kind,
        reference.testSize(),
        current.testSize(),
        test.statistic(),
        empty ? Double.NaN : Divergence.psi(p, q),
        chance.of(reference.testSize(), current.testSize(), bins.count()),
        empty ? Double.NaN : Divergence.jensenShannon(p, q),
        few ? Double.NaN : test.pValue(),
        Double.NaN,
        few ? State.TOO_FEW : State.STABLE);
  }

  private DriftSignal missing(String name, ColumnSample reference, ColumnSample current) {
    boolean few = Math.min(reference.seen(), current.seen()) < settings.leastSample();
    double n = weight(reference);
    double m = weight(current);
    double change = current.missingShare() - reference.missingShare();
    double pooled = (n * reference.missingShare() + m * current.missingShare()) / (n + m);
    double error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    double p = Double.NaN;
    if (error > 0) {
      p = Math.min(
          1, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(change) / error));
    }
    return new DriftSignal(
        name,
        Kind.MISSING,
        n,
        m,
        change,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        few ? Double.NaN : p,
        Double.NaN,
        few ? State.TOO_FEW : State.STABLE);
  }

  /** All that was seen, made less as the known values are. */
  private static double weight(ColumnSample column) {
    return column.known() == 0
        ? column.seen()
        : column.seen() * (column.effectiveSize() / column.known());
  }

  private void add(String name) {
    if (names.size() >= MOST) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED, "a check compares at most " + MOST + " columns");
    }
    if (!names.add(Objects.requireNonNull(name, "name"))) {
      throw QilinException.invalid(
          "the column " + QilinException.quote(name) + " was compared before");
    }
  }

  private static long[] counts(CategoryCounts column, Set<String> all) {
    return all.stream()
        .mapToLong(category -> column.counts().getOrDefault(category, 0L))
        .toArray();
  }
}
