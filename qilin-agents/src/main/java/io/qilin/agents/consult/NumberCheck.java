package io.qilin.agents.consult;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Tells which numbers of a text no evidence bears out. Immutable and safe to share.
 *
 * <p>A number is borne out by a figure of the opinions (raw value, normalised value, score, confidence, coverage) that it
 * rounds: it differs by half of its last digit at most, and by a fifth of the figure at most. It may be written as a
 * percentage, per mille, in tenths (成) or basis points of a fraction, in thousands to trillions, in 万 and 亿, with full-width
 * digits, or in Chinese numerals before a unit. A sign that is written must be the figure's. Not taken for numbers: the
 * share's code, the day and its parts, {@code [n]} for the n-th figure, {@code T+n}, and names of analysts and components. A
 * number that a model computed itself, or read in a text of others, is not evidence.
 */
public final class NumberCheck {
  /** A number that may be quoted. */
  private record Figure(double value, boolean share, String line) {}

  private static final double ROUNDED = 0.2;
  private static final double EPSILON = 1e-9;
  private static final int WORST = 20;

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final int lines;

  private NumberCheck(List<Opinion> opinions, List<String> words) {
    for (Opinion opinion : opinions) {
      String analyst = Figures.name(opinion.analyst());
      name(analyst);
      opinion.<Boolean>fold(
          scored -> add(scored.score(), true, analyst + "/score=" + Figures.number(scored.score()))
              && add(
                  scored.confidence(),
                  true,
                  analyst + "/confidence=" + Figures.number(scored.confidence())),
          abstained -> true);
      add(opinion.coverage(), true, analyst + "/coverage=" + Figures.number(opinion.coverage()));
      for (ScoreComponent part : opinion.components()) {
        component(analyst + "/" + Figures.evidence(part), part);
      }
    }
    words.forEach(this::name);
    names.sort((a, b) -> b.length() - a.length());
    lines = Figures.lines(opinions).size();
  }

  /**
   * Checks against the figures of opinions.
   *
   * @param words texts with digits that are no numbers, for example the share's code and name
   */
  public static NumberCheck of(List<Opinion> opinions, List<String> words) {
    return new NumberCheck(opinions, words);
  }

  /** The ways in which a day is written. */
  public static List<String> written(LocalDate day) {
    int year = day.getYear();
    int month = day.getMonthValue();
    int date = day.getDayOfMonth();
    return List.of(
        day.toString(),
        day.toString().replace("-", ""),
        year + "年" + month + "月" + date + "日",
        month + "月" + date + "日");
  }

  private void name(String text) {
    if (text.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      names.add(text.toLowerCase(Locale.ROOT));
    }
  }

  private void component(String line, ScoreComponent part) {
    name(Figures.name(part.name()));
    String unit = part.unit().toLowerCase(Locale.ROOT);
    boolean percent = unit.contains("percent") || unit.contains("%");
    boolean counted = unit.matches(".*(yuan|share|lot|day|minute|count|元|股|手|天|日|分钟).*");
    double scale = unit.contains("亿") || unit.startsWith("yi")
        ? 1e8
        : unit.contains("万") || unit.startsWith("wan") ? 1e4 : 1;
    add(part.raw() * scale, !counted && !percent, line);
    if (percent) {
      figures.add(new Figure(part.raw() / 100, true, line));
    }
    if (scale != 1) {
      add(part.raw(), false, line);
    }
    add(part.normalised(), true, line);
  }

  private boolean add(double value, boolean share, String line) {
    if (Double.isFinite(value)) {
      figures.add(new Figure(value, share, line));
    }
    return true;
  }

  /** The numbers of a text, as they are written, that no figure bears out; at most twenty, each once. */
  public List<String> unverified(String text) {
    Set<String> out = new LinkedHashSet<>();
    for (NumberReader.Quoted quoted : NumberReader.read(masked(text))) {
      if (out.size() < WORST && figures.stream().noneMatch(figure -> bears(figure, quoted))) {
        out.add(quoted.text());
      }
    }
    return List.copyOf(out);
  }

  /** The figures that a text quotes, as {@code analyst/component=value unit}, each once. */
  public List<String> quoted(String text) {
    Set<String> out = new LinkedHashSet<>();
    for (NumberReader.Quoted quoted : NumberReader.read(masked(text))) {
      figures.stream()
          .filter(figure -> bears(figure, quoted))
          .findFirst()
          .map(Figure::line)
          .ifPresent(out::add);
    }
    return List.copyOf(out);
  }

  private static boolean bears(Figure figure, NumberReader.Quoted quoted) {
    if (quoted.share() && !figure.share()) {
      return false;
    }
    boolean otherSign = (quoted.sign() == NumberReader.Sign.MINUS && figure.value() > 0)
        || (quoted.sign() == NumberReader.Sign.PLUS && figure.value() < 0);
    double size = Math.abs(figure.value());
    double off = Math.abs(quoted.value() - size);
    double half = quoted.step() / 2 * (1 + EPSILON) + EPSILON * size;
    return !otherSign && off <= half && off <= ROUNDED * size;
  }

  /** The text without what has digits and is no number. */
  private String masked(String text) {
    String out = text.toLowerCase(Locale.ROOT);
    for (String name : names) {
      out = without(out, name);
    }
    return out.replaceAll("t\\+[0-9](?![0-9])", " ").replaceAll(references(), " ");
  }

  private String references() {
    return Objects.requireNonNull("\\[(?:" + String.join("|", numbers()) + ")]");
  }

  private List<String> numbers() {
    List<String> out = new ArrayList<>();
    for (int k = 1; k <= Math.max(1, lines); k++) {
      out.add(Integer.toString(k));
    }
    return out;
  }

  /** Removes a name where it is not a part of a longer number or name. */
  private static String without(String text, String name) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean whole = at >= from
          && (at == 0 || !joins(text.charAt(at - 1)))
          && (end == text.length() || !joins(text.charAt(end)));
      if (whole) {
        out.append(text, from, at).append(' ');
        from = end;
      }
    }
    return out.append(text, from, text.length()).toString();
  }

  private static boolean joins(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_';
  }
}
