package io.qilin.core.factor;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The study of a set of factors over the same days and instruments, with what holds for the set as a whole. Immutable and
 * safe to share.
 */
public final class StudyResult {
  private final List<FactorStudy> factors;
  private final int instruments;
  private final StudySettings settings;
  private final MultipleTesting testing;

  StudyResult(List<FactorStudy> factors, int instruments, StudySettings settings) {
    this.factors = factors;
    this.instruments = instruments;
    this.settings = settings;
    double[] pValues =
        factors.stream().mapToDouble(study -> study.main().rankIc().pValue()).toArray();
    this.testing = MultipleTesting.of(
        pValues, Math.max(pValues.length, settings.trials().orElse(pValues.length)));
  }

  /** The factors in the order in which they were given. */
  public List<FactorStudy> factors() {
    return factors;
  }

  /**
   * A factor by its name.
   *
   * @throws QilinException DATA_NOT_FOUND if it was not studied
   */
  public FactorStudy factor(String name) {
    return factors.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new QilinException(
            ErrorCode.DATA_NOT_FOUND,
            "no factor " + QilinException.quote(name) + " was studied; there are "
                + factors.stream().map(FactorStudy::name).toList()));
  }

  /**
   * Places of the factors, those first whose rank IC over the main horizon is most significant, in either direction;
   * those without a t-statistic last, ties in the order given.
   */
  public List<Integer> ranking() {
    return IntStream.range(0, factors.size())
        .boxed()
        .sorted(Comparator.comparingDouble(f -> {
          double t = Math.abs(factors.get(f).main().rankIc().tStatistic());
          return Double.isNaN(t) ? Double.POSITIVE_INFINITY : -t;
        }))
        .toList();
  }

  /** The days, ascending. */
  public List<LocalDate> days() {
    return factors.get(0).dates();
  }

  /** How many instruments there were. */
  public int instruments() {
    return instruments;
  }

  /** How the factors were studied. */
  public StudySettings settings() {
    return settings;
  }

  /** The p-values of the rank IC over the main horizon, corrected for the number of trials. */
  public MultipleTesting testing() {
    return testing;
  }

  /** The fingerprint of the bars, if these were given. */
  public Optional<String> fingerprint() {
    return settings.bars().map(PanelFingerprint::of);
  }

  /** What each figure means under these settings. */
  public List<StudyConventions.Convention> conventions() {
    return StudyConventions.of(settings);
  }
}
