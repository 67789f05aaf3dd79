package io.qilin.examples;

import io.qilin.agents.analyst.Labels;
import io.qilin.agents.analyst.Language;
import io.qilin.agents.desk.DeskResult;
import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.Contribution;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.analysis.Recommendation;
import io.qilin.api.analysis.ScoreComponent;
import io.qilin.api.market.SecurityStatus;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.core.report.NumberText;
import io.qilin.core.report.TextTable;
import io.qilin.core.report.TextTable.Align;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Recommendations and what they rest on, for a person. */
final class DecisionView {
  private DecisionView() {}

  /** The recommendations with their reasons and the trace of every analyst, as lines of a terminal. */
  static String text(
      DecisionRecord record, Map<Symbol, SecurityTimeline> securities, Language language) {
    String stale = record
        .copyOf()
        .map(fetched -> "The bars are a stale copy, fetched at " + fetched + ".\n")
        .orElse("");
    if (record.recommendations().isEmpty()) {
      return stale + "No share is recommended for " + record.session() + ": " + held(record) + "\n";
    }
    StringBuilder out = new StringBuilder(stale);
    for (Recommendation pick : record.recommendations()) {
      out.append(pick.rank())
          .append(". ")
          .append(title(pick, securities))
          .append("  score ")
          .append(NumberText.signed(pick.score(), 3))
          .append("  confidence ")
          .append(NumberText.fixed(pick.confidence(), 2))
          .append("  ")
          .append(pick.order())
          .append("  for ")
          .append(pick.session())
          .append('\n');
      reasons(record, pick, language)
          .forEach(reason -> out.append("   · ").append(oneLine(reason)).append('\n'));
      trace(pick, language)
          .toString()
          .lines()
          .forEach(line -> out.append("   ").append(line).append('\n'));
      out.append('\n');
    }
    return out.toString();
  }

  /** One line a recommendation, for the standard output of {@code recommend}. */
  static String line(
      DecisionRecord record,
      Recommendation pick,
      Map<Symbol, SecurityTimeline> securities,
      Language language) {
    return pick.rank() + "  " + title(pick, securities) + "  " + NumberText.signed(pick.score(), 4)
        + "  "
        + NumberText.fixed(pick.confidence(), 4) + "  " + pick.session() + "  " + pick.order()
        + "  "
        + oneLine(String.join("; ", reasons(record, pick, language)));
  }

  /** The reasons, with the names of analysts and components. */
  static List<String> reasons(DecisionRecord record, Recommendation pick, Language language) {
    return new DeskResult(record).reasons(pick, language);
  }

  /** Code and, where known, name. */
  static String title(Recommendation pick, Map<Symbol, SecurityTimeline> securities) {
    return Optional.ofNullable(securities.get(pick.symbol()))
        .flatMap(timeline -> timeline.on(pick.day()))
        .map(SecurityStatus::name)
        .filter(name -> !name.isBlank())
        .map(name -> pick.symbol() + " " + oneLine(name))
        .orElse(pick.symbol().toString());
  }

  /** What each analyst added; a column of warnings only if there are some. */
  static TextTable trace(Recommendation pick, Language language) {
    boolean warned = pick.trace().stream().anyMatch(part -> !part.warnings().isEmpty());
    TextTable.Builder table = TextTable.builder()
        .column("analyst")
        .column("score", Align.DECIMAL)
        .column("weight", Align.DECIMAL)
        .column("adds", Align.DECIMAL);
    if (warned) {
      table.column("warnings", Align.LEFT, 60);
    }
    for (Contribution part : pick.trace()) {
      boolean abstained = Double.isNaN(part.score());
      List<String> row = new ArrayList<>(List.of(
          Labels.analyst(part.analyst()).in(language),
          abstained ? "abstains" : NumberText.signed(part.score(), 3),
          NumberText.fixed(part.weight(), 3),
          NumberText.signed(part.contribution(), 3)));
      if (warned) {
        row.add(String.join("; ", part.warnings()));
      }
      table.row(row);
    }
    return table.build();
  }

  /** What opinions are made of, analyst by analyst. */
  static TextTable components(List<Opinion> opinions, Language language) {
    TextTable.Builder table = TextTable.builder()
        .column("analyst")
        .column("component")
        .column("measured", Align.DECIMAL)
        .column("unit")
        .column("on [0, 1]", Align.DECIMAL)
        .column("weight", Align.DECIMAL);
    for (Opinion opinion : opinions) {
      String analyst = Labels.analyst(opinion.analyst()).in(language);
      for (ScoreComponent part : opinion.components()) {
        table.row(
            analyst,
            Labels.component(opinion.analyst(), part.name()).in(language),
            NumberText.fixed(part.raw(), 4),
            part.unit().equals("1") ? "" : part.unit(),
            part.known() ? NumberText.fixed(part.normalised(), 3) : NumberText.UNKNOWN,
            NumberText.fixed(part.weight(), 2));
        analyst = "";
      }
    }
    return table.build();
  }

  /** The opinions on a recommended share. */
  static List<Opinion> opinions(DecisionRecord record, Symbol symbol) {
    return record.candidates().stream()
        .filter(candidate -> candidate.symbol().equals(symbol))
        .findFirst()
        .map(Candidate::opinions)
        .orElse(List.of());
  }

  /** Why nothing was recommended. */
  static String held(DecisionRecord record) {
    return record.candidates().stream()
        .findFirst()
        .map(best -> "the best of " + record.candidates().size() + " candidates, " + best.symbol()
            + ", was held back by " + best.outcome()
            + (best.detail().isEmpty() ? "" : " (" + oneLine(best.detail()) + ")"))
        .orElse("no share traded and could be scored.");
  }

  private static String oneLine(String text) {
    return io.qilin.core.report.VisibleText.oneLine(text);
  }
}
