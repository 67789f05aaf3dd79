package io.qilin.agents.desk;

import io.qilin.agents.analyst.Labels;
import io.qilin.agents.analyst.Language;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * One line about an opinion: score, confidence and the three parts that add most. With ids, as it
 * stands in a record, or with names in a language. Stateless.
 */
final class OpinionLine {
  private static final int BEST_PARTS = 3;

  private final Optional<Language> language;

  private OpinionLine(Optional<Language> language) {
    this.language = language;
  }

  /** The line with ids. */
  static String of(Opinion opinion) {
    return new OpinionLine(Optional.empty()).text(opinion);
  }

  /** The line with names. */
  static String of(Opinion opinion, Language language) {
    return new OpinionLine(Optional.of(language)).text(opinion);
  }

  private String text(Opinion opinion) {
    return opinion.fold(this::scored, this::abstained);
  }

  private String scored(Opinion.Scored opinion) {
    List<ScoreComponent> best = opinion.components().stream()
        .filter(ScoreComponent::known)
        .sorted(
            Comparator.comparingDouble((ScoreComponent part) -> -part.weight() * part.normalised())
                .thenComparing(ScoreComponent::name))
        .limit(BEST_PARTS)
        .toList();
    StringJoiner parts = new StringJoiner(", ", best.isEmpty() ? "" : ": ", "");
    for (ScoreComponent part : best) {
      parts.add(component(opinion.analyst(), part.name()) + " " + value(part) + " ("
          + decimal(part.normalised(), 2) + ")");
    }
    return analyst(opinion.analyst()) + (opinion.score() < 0 ? " " : " +")
        + decimal(opinion.score(), 2) + ", " + (chinese() ? "置信度 " : "confidence ")
        + decimal(opinion.confidence(), 2) + parts;
  }

  private String abstained(Opinion.Abstained opinion) {
    return analyst(opinion.analyst()) + (chinese() ? " 弃权: " : " abstains: ") + opinion.reason();
  }

  private boolean chinese() {
    return language.equals(Optional.of(Language.CHINESE));
  }

  private String analyst(String id) {
    return language.map(Labels.analyst(id)::in).orElse(id);
  }

  private String component(String analyst, String name) {
    return language.map(Labels.component(analyst, name)::in).orElse(name);
  }

  private static String value(ScoreComponent part) {
    return part.unit().equals("fraction")
        ? decimal(part.raw() * 100, 1) + " %"
        : decimal(part.raw(), 2);
  }

  /**
   * Rounded half up from the exact value, so that every Java version prints the same; a negative
   * zero as zero.
   */
  static String decimal(double value, int places) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(places, RoundingMode.HALF_UP).toPlainString()
        : Double.toString(value);
  }
}
