package io.qilin.data.quality.table;

import io.qilin.api.quality.QualitySeverity;
import io.qilin.data.quality.table.ColumnProfile.Guess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A rule that a table seems to fulfil, for a person to accept.
 *
 * @param rule the rule; of severity WARNING, as it comes from data and not from knowledge
 * @param reason what in the profile speaks for it
 * @param support its score when it was judged on the table
 */
public record RuleSuggestion(TableRule rule, String reason, double support) {
  private static final double LEAST_SUPPORT = 0.95;
  private static final long ENOUGH_ROWS = 20;
  private static final double MARGIN = 0.5;
  private static final int LONGEST_CATEGORY = 100;

  /** Checks the parts. */
  public RuleSuggestion {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(reason, "reason");
  }

  /**
   * Rules for a table, those only that at least 95 % of it fulfil.
   *
   * @param profile of the table; nothing is suggested for fewer than 20 rows
   * @param judge judges the table by rules, so that support is measured, for example {@code rules -> TableJudge.of(rules,
   *     options, clock).judge(name, table)}
   */
  public static List<RuleSuggestion> of(
      TableProfile profile, Function<TableRules, TableReport> judge) {
    List<RuleSuggestion> candidates = candidates(profile);
    if (candidates.isEmpty()) {
      return List.of();
    }
    TableReport report = judge.apply(
        new TableRules(List.of(), candidates.stream().map(RuleSuggestion::rule).toList()));
    List<RuleSuggestion> supported = new ArrayList<>();
    for (RuleSuggestion candidate : candidates) {
      double support = report.outcome(candidate.rule().name()).score();
      if (support >= LEAST_SUPPORT) {
        supported.add(new RuleSuggestion(candidate.rule(), candidate.reason(), support));
      }
    }
    return List.copyOf(supported);
  }

  private static List<RuleSuggestion> candidates(TableProfile profile) {
    List<RuleSuggestion> candidates = new ArrayList<>();
    if (profile.rows() < ENOUGH_ROWS) {
      return candidates;
    }
    for (ColumnProfile column : profile.columns()) {
      if (column.guess() != Guess.EMPTY) {
        complete(column, candidates);
        numbers(column, candidates);
        texts(column, candidates);
      }
    }
    Optional<String> instrument = first(profile, Guess.INSTRUMENTS);
    Optional<String> time = first(profile, Guess.DAYS).or(() -> first(profile, Guess.MOMENTS));
    if (instrument.isPresent() && time.isPresent()) {
      add(
          candidates,
          new TableCheck.Unique(List.of(instrument.get(), time.get())),
          "one column holds instruments and one times");
    }
    prices(profile, candidates);
    return candidates;
  }

  private static void add(List<RuleSuggestion> to, TableCheck check, String reason) {
    to.add(new RuleSuggestion(
        TableRule.of(check).severity(QualitySeverity.WARNING), reason, Double.NaN));
  }

  private static void complete(ColumnProfile column, List<RuleSuggestion> to) {
    if (column.known() >= LEAST_SUPPORT) {
      double least = Math.floor(column.known() * 1000) / 1000;
      add(
          to,
          new TableCheck.Complete(column.name(), least),
          column.missing() + " of " + column.rows() + " cells are missing");
    }
  }

  private static void numbers(ColumnProfile column, List<RuleSuggestion> to) {
    boolean number = column.guess() == Guess.NUMBERS || column.guess() == Guess.WHOLE_NUMBERS;
    double spread = MARGIN * (column.max() - column.min());
    if (number && spread < Double.POSITIVE_INFINITY) {
      double low = column.min() >= 0 ? 0 : column.min() - spread;
      add(
          to,
          new TableCheck.Range(column.name(), low, column.max() + spread),
          "all numbers lie between " + column.min() + " and " + column.max()
              + "; half of that span is allowed beyond");
    }
  }

  private static void texts(ColumnProfile column, List<RuleSuggestion> to) {
    if (column.guess() == Guess.INSTRUMENTS) {
      add(
          to,
          new TableCheck.Matches(
              column.name(), TextPattern.of("[0-9]{6}\\.(SH|SZ|BJ)|(SH|SZ|BJ)[0-9]{6}")),
          "all texts are codes of instruments");
    } else if (column.guess() == Guess.CATEGORIES
        && column.distinct() <= column.top().size()
        && column.top().stream().allMatch(value -> value.value().length() <= LONGEST_CATEGORY)) {
      TreeSet<String> texts = new TreeSet<>();
      column.top().forEach(value -> texts.add(value.value()));
      add(
          to,
          new TableCheck.OneOf(column.name(), texts),
          "there are " + texts.size() + " different texts in " + column.rows() + " rows");
    }
  }

  private static void prices(TableProfile profile, List<RuleSuggestion> to) {
    List<String> names = List.of("open", "high", "low", "close");
    boolean all = names.stream()
        .allMatch(name -> profile.columns().stream()
            .anyMatch(c -> c.name().equals(name) && !Double.isNaN(c.mean())));
    if (all) {
      add(
          to,
          new TableCheck.PriceOrder("open", "high", "low", "close"),
          "there are columns open, high, low and close");
    }
  }

  private static Optional<String> first(TableProfile profile, Guess guess) {
    return profile.columns().stream()
        .filter(column -> column.guess() == guess)
        .map(ColumnProfile::name)
        .findFirst();
  }
}
