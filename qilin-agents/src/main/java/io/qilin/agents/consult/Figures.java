package io.qilin.agents.consult;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The evidence of opinions as lines of figures. Stateless. */
final class Figures {
  /** Figures beyond this many are left out. */
  static final int MOST = 200;

  private static final Pattern ODD = Pattern.compile("[^\\p{L}\\p{N}%‰ ._:-]");
  private static final int LONGEST_NAME = 64;
  private static final MathContext DIGITS = new MathContext(10);
  private static final int PLAIN = 16;

  private Figures() {}

  /** One line a known figure, in the order of the opinions. */
  static List<String> lines(List<Opinion> opinions) {
    List<String> out = new ArrayList<>();
    for (Opinion opinion : opinions) {
      String analyst = name(opinion.analyst());
      out.add(analyst + " "
          + opinion.<String>fold(
              scored -> "score=" + number(scored.score()) + " confidence="
                  + number(scored.confidence()) + " coverage=" + number(scored.coverage()),
              abstained -> "abstains, coverage=" + number(abstained.coverage()))
          + flags(opinion));
      for (ScoreComponent part : opinion.components()) {
        if (Double.isFinite(part.raw()) || part.known()) {
          out.add(analyst + "/" + line(part));
        }
      }
    }
    return out.size() > MOST ? out.subList(0, MOST) : out;
  }

  private static String line(ScoreComponent part) {
    String normalised =
        part.known() ? " (normalised=" + number(part.normalised()) + ")" : " (not normalised)";
    return evidence(part) + normalised;
  }

  /** For example {@code momentum-20d=0.123 fraction}. */
  static String evidence(ScoreComponent part) {
    String raw = Double.isFinite(part.raw()) ? number(part.raw()) + " " + name(part.unit()) : "-";
    return name(part.name()) + "=" + raw;
  }

  private static String flags(Opinion opinion) {
    return opinion.flags().isEmpty()
        ? ""
        : " flags="
            + String.join(",", opinion.flags().stream().map(Figures::name).toList());
  }

  /** A finite number in at most ten significant digits; {@code -} for another. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    boolean plain = Math.abs(rounded.precision() - rounded.scale()) <= PLAIN;
    return rounded.signum() == 0 ? "0" : plain ? rounded.toPlainString() : rounded.toString();
  }

  /** A name in which nothing can stand but a name. */
  static String name(String text) {
    String kept = ODD.matcher(text).replaceAll("?");
    return kept.length() > LONGEST_NAME
        ? kept.substring(
            0,
            kept.offsetByCodePoints(
                0, Math.min(LONGEST_NAME, kept.codePointCount(0, kept.length()))))
        : kept;
  }
}
