package io.qilin.agents.consult;

import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.ScoreComponent;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells which numbers of a text no evidence bears out. Immutable and safe to share.
 *
 * <p>A number is borne out by a figure of the opinions (raw value, normalised value, score, confidence, coverage) that it
 * rounds: it differs by half of its last digit at most, and by a fifth of the figure at most. It may be written as a
 * percentage, per mille, in tenths (成) or basis points of a fraction, in thousands to trillions, in 万 and 亿, with full-width
 * digits, or in Chinese numerals before a unit. A sign that is written must be the figure's. Whole numbers in the names of
 * components, such as the 20 of {@code momentum-20d}, may be quoted as well. Not taken for numbers: the share's code, the day
 * and its parts, {@code [n]} for the n-th figure, {@code T+n}, and names of analysts and components. A number that a model
 * computed itself, or read in a text of others, is not evidence.
 */
public final class NumberCheck {
  /** A number that may be quoted, and how its line of evidence reads. */
  private record Figure(double value, boolean share, String line) {}

  /** A figure that was looked up. */
  record Told(double value, String line) {}

  private static final double ROUNDED = 0.2;
  private static final double EPSILON = 1e-9;
  private static final int WORST = 20;
  private static final int LONGEST_QUOTE = 40;
  private static final Pattern WHOLE = Pattern.compile("(?<![0-9.])[0-9]{1,4}(?![0-9.])");
  private static final Pattern REFERENCE = Pattern.compile("\\[([0-9]{1,3})]");
  private static final Pattern SETTLEMENT = Pattern.compile("t\\+[0-9](?![0-9])");
  private static final Pattern COUNTED =
      Pattern.compile("yuan|share|lot|day|minute|count|元|股|手|天|日|分钟");

  private final List<Figure> figures = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final int lines;

  private NumberCheck(List<Opinion> opinions, List<String> words, List<Told> told) {
    for (Opinion opinion : opinions) {
      String analyst = Figures.name(opinion.analyst());
      name(analyst);
      scores(opinion).forEach(told1 -> add(told1.value(), true, analyst + "/" + told1.line()));
      opinion.components().forEach(part -> component(analyst, part));
    }
    told.forEach(each -> add(each.value(), false, each.line()));
    words.forEach(this::name);
    names.sort(Comparator.comparing(String::length).reversed());
    lines = Figures.lines(opinions).size();
  }

  /**
   * Checks against the figures of opinions.
   *
   * @param words texts with digits that are no numbers, for example the share's code and name
   */
  public static NumberCheck of(List<Opinion> opinions, List<String> words) {
    return new NumberCheck(opinions, words, List.of());
  }

  /** The same with figures that were looked up. */
  static NumberCheck of(List<Opinion> opinions, List<String> words, List<Told> told) {
    return new NumberCheck(opinions, words, told);
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

  private static List<Told> scores(Opinion opinion) {
    List<Told> out = new ArrayList<>(opinion.<List<Told>>fold(
        scored -> List.of(
            new Told(scored.score(), "score=" + Figures.number(scored.score())),
            new Told(scored.confidence(), "confidence=" + Figures.number(scored.confidence()))),
        abstained -> List.of()));
    out.add(new Told(opinion.coverage(), "coverage=" + Figures.number(opinion.coverage())));
    return out;
  }

  private void name(String text) {
    if (text.chars().anyMatch(c -> c >= '0' && c <= '9')) {
      names.add(text.toLowerCase(Locale.ROOT));
    }
  }

  private void component(String analyst, ScoreComponent part) {
    String line = analyst + "/" + Figures.evidence(part);
    String component = Figures.name(part.name());
    name(component);
    String unit = part.unit().toLowerCase(Locale.ROOT);
    boolean percent = unit.contains("percent") || unit.contains("%");
    double scale = unit.contains("亿") || unit.startsWith("yi")
        ? 1e8
        : unit.contains("万") || unit.startsWith("wan") ? 1e4 : 1;
    add(part.raw() * scale, !percent && !COUNTED.matcher(unit).find(), line);
    if (percent) {
      add(part.raw() / 100, true, line);
    }
    if (scale != 1) {
      add(part.raw(), false, line);
    }
    add(part.normalised(), true, line);
    Matcher whole = WHOLE.matcher(component);
    while (whole.find()) {
      add(Integer.parseInt(whole.group()), false, line);
    }
  }

  private void add(double value, boolean share, String line) {
    if (Double.isFinite(value)) {
      figures.add(new Figure(value, share, line));
    }
  }

  /** The numbers of a text, as they are written, that no figure bears out; at most twenty, each once. */
  public List<String> unverified(String text) {
    Set<String> out = new LinkedHashSet<>();
    for (NumberReader.Quoted quoted : NumberReader.read(masked(text))) {
      if (out.size() < WORST && figures.stream().noneMatch(figure -> bears(figure, quoted))) {
        String number = quoted.text();
        out.add(
            number.length() > LONGEST_QUOTE ? number.substring(0, LONGEST_QUOTE) + "…" : number);
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
    String out = NumberReader.halfWidth(text).toLowerCase(Locale.ROOT);
    for (String name : names) {
      out = without(out, name);
    }
    out = SETTLEMENT.matcher(out).replaceAll(" ");
    return REFERENCE.matcher(out).replaceAll(found -> {
      int number = Integer.parseInt(found.group(1));
      return number >= 1 && number <= lines ? " " : "$0";
    });
  }

  /** Removes a name where it is not a part of a longer number or name. */
  private static String without(String text, String name) {
    StringBuilder out = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
      int end = at + name.length();
      boolean whole = at >= from && !joins(text, at - 1, at - 2) && !joins(text, end, end + 1);
      if (whole) {
        out.append(text, from, at).append(' ');
        from = end;
      }
    }
    return out.append(text, from, text.length()).toString();
  }

  /** Whether what stands beside a name makes it a part of something longer. */
  private static boolean joins(String text, int beside, int beyond) {
    char c = at(text, beside);
    return Character.isDigit(c)
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || (c == '.' && Character.isDigit(at(text, beyond)));
  }

  private static char at(String text, int index) {
    return index < 0 || index >= text.length() ? ' ' : text.charAt(index);
  }
}
