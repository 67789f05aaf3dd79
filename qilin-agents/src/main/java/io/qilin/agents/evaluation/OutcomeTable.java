package io.qilin.agents.evaluation;

import io.qilin.api.analysis.Candidate;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.Opinion;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.Field;
import io.qilin.core.rules.LimitUpFact;
import io.qilin.core.rules.LimitUpFacts;
import io.qilin.core.rules.MarketRuleBook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Shares that a desk judged, with what became of them. Shares without a score, and those of which
 * nothing is known afterwards, are left out. Rows are in the order of days, then of shares. Immutable.
 *
 * @param label what was asked
 * @param rows the judged shares
 */
public record OutcomeTable(OutcomeLabel label, List<OutcomeRow> rows) {
  private static final Comparator<OutcomeRow> ORDER =
      Comparator.comparing(OutcomeRow::day).thenComparing(OutcomeRow::symbol);

  /** Sorts the rows. */
  public OutcomeTable {
    Objects.requireNonNull(label, "label");
    rows = rows.stream().sorted(ORDER).toList();
  }

  /**
   * The outcomes of decisions, as far as a later evening tells them.
   *
   * @param records the decisions; at most one a day
   * @param evening what is known now
   */
  public static OutcomeTable of(
      Collection<DecisionRecord> records, MarketSnapshot evening, OutcomeLabel label) {
    Reader reader = new Reader(evening, label);
    List<OutcomeRow> rows = new ArrayList<>();
    for (DecisionRecord record : records) {
      for (Candidate candidate : record.candidates()) {
        reader.row(record, candidate).ifPresent(rows::add);
      }
    }
    return new OutcomeTable(label, rows);
  }

  /** The rows judged in a span of days. */
  public OutcomeTable between(LocalDate first, LocalDate last) {
    return new OutcomeTable(
        label,
        rows.stream()
            .filter(row -> !row.day().isBefore(first) && !row.day().isAfter(last))
            .toList());
  }

  /** The rows of each day, the days ascending. */
  Map<LocalDate, List<OutcomeRow>> byDay() {
    Map<LocalDate, List<OutcomeRow>> days = new TreeMap<>();
    rows.forEach(
        row -> days.computeIfAbsent(row.day(), day -> new ArrayList<>()).add(row));
    return days;
  }

  /** Whether an outcome counts as a hit. */
  boolean hit(OutcomeRow row) {
    return label.hit(row.outcome());
  }

  /** The last day on which an outcome became known; the earliest date there is if there is no row. */
  LocalDate knownUntil() {
    return rows.stream()
        .map(OutcomeRow::known)
        .max(Comparator.naturalOrder())
        .orElse(LocalDate.MIN);
  }

  /**
   * Refuses to judge by what was learnt from.
   *
   * @throws QilinException INVALID_ARGUMENT if a row was judged before everything learnt was known
   */
  void requireAfter(LocalDate learnt) {
    for (OutcomeRow row : rows) {
      if (row.day().isBefore(learnt)) {
        throw QilinException.invalid("what was learnt from outcomes known on " + learnt
            + " cannot be judged by decisions of " + row.day() + "; use a later period");
      }
    }
  }

  /** Finds outcomes in the bars. */
  private static final class Reader {
    private final MarketSnapshot evening;
    private final OutcomeLabel label;
    private final LimitUpFacts facts;

    Reader(MarketSnapshot evening, OutcomeLabel label) {
      this.evening = evening;
      this.label = label;
      this.facts = LimitUpFacts.of(evening.raw(), evening.securities(), MarketRuleBook.aShare());
    }

    Optional<OutcomeRow> row(DecisionRecord record, Candidate candidate) {
      int session = Collections.binarySearch(evening.raw().days(), record.session());
      int instrument = evening.raw().find(candidate.symbol()).orElse(-1);
      if (session < 1 || instrument < 0 || Double.isNaN(candidate.score())) {
        return Optional.empty();
      }
      LimitUpFact fact = facts.at(instrument, session);
      if (!fact.traded() || fact.beyondLimits()) {
        return Optional.empty();
      }
      int sold = label == OutcomeLabel.NEXT_OPEN_RETURN ? sale(instrument, session) : session;
      double outcome = sold < 0 ? Double.NaN : outcome(fact, instrument, session, sold);
      if (!Double.isFinite(outcome)) {
        return Optional.empty();
      }
      boolean fillable = fact.open() > 0
          && fact.limits().filter(limits -> limits.isUp(fact.open())).isEmpty();
      return Optional.of(new OutcomeRow(
          record.day(),
          candidate.symbol(),
          candidate.score(),
          scores(candidate),
          fillable,
          outcome,
          evening.raw().days().get(sold)));
    }

    private double outcome(LimitUpFact fact, int instrument, int session, int sold) {
      return switch (label) {
        case SEALED_NEXT -> fact.sealed() ? 1 : 0;
        case TOUCHED_NEXT -> fact.touched() ? 1 : 0;
        case OPEN_PREMIUM -> fact.open() / fact.referencePrice() - 1;
        case NEXT_OPEN_RETURN ->
          evening.adjusted().value(Field.OPEN, instrument, sold)
                  / evening.adjusted().value(Field.OPEN, instrument, session)
              - 1;
      };
    }

    /** The first later day on which it opens above limit-down; −1 if there is none yet. */
    private int sale(int instrument, int session) {
      for (int d = session + 1; d < evening.raw().days().size(); d++) {
        LimitUpFact fact = facts.at(instrument, d);
        if (fact.traded()
            && fact.open() > 0
            && fact.limits().filter(limits -> limits.isDown(fact.open())).isEmpty()) {
          return d;
        }
      }
      return -1;
    }

    private static Map<String, Double> scores(Candidate candidate) {
      Map<String, Double> scores = new TreeMap<>();
      for (Opinion opinion : candidate.opinions()) {
        opinion
            .<Optional<Double>>fold(scored -> Optional.of(scored.score()), none -> Optional.empty())
            .ifPresent(score -> scores.put(opinion.analyst(), score));
      }
      return scores;
    }
  }
}
