package io.qilin.data.failover;

import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.quality.QualityDimension;
import io.qilin.api.quality.QualityFinding;
import io.qilin.api.quality.QualitySeverity;
import io.qilin.api.record.MarketRecord;
import io.qilin.api.source.BarQuery;
import io.qilin.api.source.Bars;
import io.qilin.api.source.DataCapability;
import io.qilin.api.source.MarketDataSource;
import io.qilin.api.source.RecordQuery;
import io.qilin.api.source.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing to ask a member for. Equal queries are equal.
 *
 * @param <T> the answer
 */
sealed interface Ask<T> {
  /** A short word for logs. */
  String kind();

  DataCapability needs();

  /** Asks. What comes may be null, as the source is not ours. */
  @Nullable
  T call(MarketDataSource source);

  /** What is wrong with an answer that was just given. */
  Optional<String> wrong(@Nullable T value, AnswerCheck check);

  /** What is wrong with a copy that was kept for another moment. */
  Optional<String> wrongCopy(T value, AnswerCheck check);

  /**
   * The answer marked as a copy.
   *
   * @param of the moment from which the age counts
   */
  T stale(T value, Instant of, Duration age, String member);

  /** The moment of the decision, if the query names one. */
  Optional<Instant> knownAt();

  /** Until when an answer that is given now tells. */
  default Instant tellsUntil(Instant now) {
    return knownAt().filter(at -> at.isBefore(now)).orElse(now);
  }

  /** Roughly the memory that an answer takes. */
  long bytes(T value);

  /** What a copy is kept under: the query without its moment. */
  String key();

  private static String list(java.util.Set<Symbol> symbols) {
    return symbols.stream().map(Symbol::toString).collect(Collectors.joining(","));
  }

  private static QualityFinding finding(Instant of, Duration age, String member) {
    return new QualityFinding(
        "stale-copy",
        QualityDimension.TIMELINESS,
        QualitySeverity.WARNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        age.toSeconds(),
        "no source answered; this is a copy of " + of + " that " + member + " gave, "
            + age.toSeconds() + " s old");
  }

  private static List<QualityFinding> with(List<QualityFinding> findings, QualityFinding stale) {
    List<QualityFinding> all = new ArrayList<>(findings);
    all.add(stale);
    return all;
  }

  /** Daily bars. */
  record OfBars(BarQuery query) implements Ask<Bars> {
    private static final int CELL = 8;

    @Override
    public String kind() {
      return "bars";
    }

    @Override
    public DataCapability needs() {
      return DataCapability.DAILY_BARS;
    }

    @Override
    public Bars call(MarketDataSource source) {
      return source.bars(query);
    }

    @Override
    public Optional<String> wrong(@Nullable Bars value, AnswerCheck check) {
      return check.fresh(value, query);
    }

    @Override
    public Optional<String> wrongCopy(Bars value, AnswerCheck check) {
      return check.kept(value, query);
    }

    @Override
    public Optional<Instant> knownAt() {
      return query.knownAt();
    }

    @Override
    public Bars stale(Bars value, Instant of, Duration age, String member) {
      return new Bars(
          value.panel(),
          value.provenance().asCopyOf(of),
          value.rowsRead(),
          with(value.findings(), finding(of, age, member)));
    }

    @Override
    public long bytes(Bars value) {
      var panel = value.panel();
      long cells =
          (long) panel.symbols().size() * panel.days().size() * panel.fields().size();
      return cells * CELL
          + 100L * (panel.symbols().size() + panel.days().size())
          + 300L * value.findings().size();
    }

    @Override
    public String key() {
      return "bars|" + list(query.symbols()) + "|" + day(query.from()) + "|" + day(query.to());
    }

    private static String day(Optional<java.time.LocalDate> day) {
      return day.map(java.time.LocalDate::toString).orElse("");
    }
  }

  /** What the codes stood for. */
  record OfSecurities() implements Ask<Map<Symbol, SecurityTimeline>> {
    @Override
    public String kind() {
      return "securities";
    }

    @Override
    public DataCapability needs() {
      return DataCapability.SECURITIES;
    }

    @Override
    public Map<Symbol, SecurityTimeline> call(MarketDataSource source) {
      return source.securities();
    }

    @Override
    public Optional<String> wrong(
        @Nullable Map<Symbol, SecurityTimeline> value, AnswerCheck check) {
      return check.securities(value);
    }

    @Override
    public Optional<String> wrongCopy(Map<Symbol, SecurityTimeline> value, AnswerCheck check) {
      return check.securities(value);
    }

    @Override
    public Optional<Instant> knownAt() {
      return Optional.empty();
    }

    @Override
    public Map<Symbol, SecurityTimeline> stale(
        Map<Symbol, SecurityTimeline> value, Instant of, Duration age, String member) {
      return Collections.unmodifiableMap(new TreeMap<>(value));
    }

    @Override
    public long bytes(Map<Symbol, SecurityTimeline> value) {
      return value.values().stream()
          .mapToLong(timeline -> 200L + 250L * timeline.statuses().size())
          .sum();
    }

    @Override
    public String key() {
      return "securities";
    }
  }

  /**
   * Records of one kind.
   *
   * @param <R> the kind
   */
  record OfRecords<R extends MarketRecord>(RecordQuery<R> query) implements Ask<Records<R>> {
    @Override
    public String kind() {
      return "records";
    }

    @Override
    public DataCapability needs() {
      return DataCapability.of(query.type());
    }

    @Override
    public Records<R> call(MarketDataSource source) {
      return source.records(query);
    }

    @Override
    public Optional<String> wrong(@Nullable Records<R> value, AnswerCheck check) {
      return check.fresh(value, query);
    }

    @Override
    public Optional<String> wrongCopy(Records<R> value, AnswerCheck check) {
      return check.kept(value, query);
    }

    @Override
    public Optional<Instant> knownAt() {
      return Optional.of(query.knownAt());
    }

    @Override
    public Records<R> stale(Records<R> value, Instant of, Duration age, String member) {
      return new Records<>(
          value.rows(),
          value.provenance().asCopyOf(of),
          with(value.findings(), finding(of, age, member)));
    }

    @Override
    public long bytes(Records<R> value) {
      return 256L * value.rows().size() + 300L * value.findings().size();
    }

    @Override
    public String key() {
      return "records|" + query.type().getSimpleName() + "|" + list(query.symbols()) + "|"
          + query.from().map(Instant::toString).orElse("") + "|"
          + query.to().map(Instant::toString).orElse("");
    }
  }
}
