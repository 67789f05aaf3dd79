package io.qilin.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.qilin.api.check.CheckOutcome;
import io.qilin.api.check.QualityCheck;
import io.qilin.api.check.QualityInput;
import io.qilin.api.market.Field;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.record.Provenance;
import io.qilin.api.source.Bars;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link QualityCheck}: extend, supply the check, data that obeys its rule and data that breaks
 * it; run.
 */
public abstract class QualityCheckTck {
  private static final Comparator<Optional<Symbol>> BY_SYMBOL = emptyFirst();
  private static final Comparator<Optional<LocalDate>> BY_DAY = emptyFirst();

  /** For subclasses. */
  protected QualityCheckTck() {}

  /** The check to judge. */
  protected abstract QualityCheck check();

  /** Data that the check can judge and that obeys its rule. */
  protected abstract QualityInput clean();

  /** Data that breaks the rule. */
  protected abstract QualityInput broken();

  /**
   * Data that the check cannot judge: a panel of one field {@code $tck} in which nothing is known, unless overridden.
   * Empty for a check that applies to all data.
   */
  protected Optional<QualityInput> unjudgeable() {
    Bars bars = new Bars(
        Panels.series(Field.of("tck"), Double.NaN, Double.NaN),
        new Provenance("testkit", "unjudgeable", true),
        0,
        List.of());
    Instant evening = Instant.parse("2024-01-03T12:00:00Z");
    return Optional.of(new QualityInput(bars, Map.of(), Optional.empty(), evening));
  }

  @Test
  void whenAskedForItsRule_thenItIsKebabCase() {
    assertThat(check().rule()).matches("[a-z0-9]+(-[a-z0-9]+)*").hasSizeLessThanOrEqualTo(64);
    assertThat(check().dimension()).isNotNull();
  }

  @Test
  void whenTheDataObeys_thenItIsJudgedAndNothingIsFound() {
    CheckOutcome outcome = check().check(clean());
    assertThat(outcome.judged()).as("judged").isPositive();
    assertThat(outcome.bad()).as("bad").isZero();
    assertThat(outcome.findings()).isEmpty();
  }

  @Test
  void whenTheDataBreaksTheRule_thenThePlacesAreFound() {
    CheckOutcome outcome = check().check(broken());
    assertThat(outcome.bad()).as("bad").isBetween(1L, outcome.judged());
    assertThat(outcome.findings()).isNotEmpty();
    assertThat(outcome.findings()).allSatisfy(finding -> {
      assertThat(finding.rule()).isEqualTo(check().rule());
      assertThat(finding.dimension()).isEqualTo(check().dimension());
      assertThat(finding.message()).isNotBlank().doesNotContain("\n");
    });
  }

  @Test
  void whenThereAreFindings_thenTheyAreInTheOrderOfSymbolAndDay() {
    assertThat(check().check(broken()).findings())
        .isSortedAccordingTo(Comparator.comparing(QualityFinding::symbol, BY_SYMBOL)
            .thenComparing(QualityFinding::day, BY_DAY));
  }

  @Test
  void whenTheDataCannotBeJudged_thenTheCheckIsNotApplicable() {
    Optional<QualityInput> input = unjudgeable();
    assumeTrue(input.isPresent(), "it applies to all data");
    assertThat(check().check(input.orElseThrow()).judged()).as("judged").isZero();
  }

  @Test
  void whenAskedTwice_thenTheOutcomeIsTheSame() {
    QualityCheck check = check();
    CheckOutcome first = check.check(broken());
    check.check(clean());
    assertThat(check.check(broken())).isEqualTo(first);
    assertThat(check().check(broken())).isEqualTo(first);
  }

  @Test
  void whenAskedByManyThreads_thenTheOutcomeIsTheSame()
      throws InterruptedException, ExecutionException {
    QualityCheck check = check();
    QualityInput broken = broken();
    assertThat(Parallel.answers(() -> check.check(broken))).containsOnly(check().check(broken));
  }

  private static <T extends Comparable<? super T>> Comparator<Optional<T>> emptyFirst() {
    return (a, b) -> a.isPresent() && b.isPresent()
        ? a.get().compareTo(b.get())
        : Boolean.compare(a.isPresent(), b.isPresent());
  }
}
