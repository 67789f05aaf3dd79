package io.qilin.agents.desk;

import io.qilin.agents.debate.DebateModels;
import io.qilin.agents.internal.JsonTree;
import io.qilin.api.analysis.DecisionRecord;
import io.qilin.api.analysis.MarketSnapshot;
import io.qilin.api.analysis.ModelUse;
import io.qilin.api.analysis.SnapshotRecords;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.market.SecurityTimeline;
import io.qilin.api.market.Symbol;
import io.qilin.api.source.Bars;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Decides again what a record says was decided, and compares, to the last bit. Stateless. */
public final class Replay {
  /**
   * Where two records differ first.
   *
   * @param path the place, for example {@code $.candidates[3].score}
   * @param recorded what the record says there
   * @param replayed what comes out now
   */
  public record Difference(String path, String recorded, String replayed) {
    /** Checks the parts. */
    public Difference {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(recorded, "recorded");
      Objects.requireNonNull(replayed, "replayed");
    }

    @Override
    public String toString() {
      return path + ": recorded " + recorded + ", replayed " + replayed;
    }
  }

  private static final String ABSENT = "(absent)";

  private Replay() {}

  /**
   * Replays a record of the built-in analysts, which its settings name, on bars alone. A record that
   * rests on other records too needs {@link #verify}.
   *
   * @param bars the market, also later than the record's day
   * @param securities what the codes stood for, as far as known then
   * @return the first difference; empty if the decision comes out identical
   * @throws QilinException as {@link Snapshots#of}; ANALYST_NOT_FOUND, UNSUPPORTED or
   *     RECORD_MISMATCH if the settings do not describe a desk of built-in analysts
   */
  public static Optional<Difference> run(
      DecisionRecord record, Bars bars, Map<Symbol, SecurityTimeline> securities) {
    return verify(
        record,
        Snapshots.of(bars, securities, record.day())
            .withRecords(SnapshotRecords.none(record.asOf())));
  }

  /**
   * Replays a record of the built-in analysts, which its settings name, on the snapshot it was
   * decided on.
   *
   * @return the first difference; empty if the decision comes out identical
   * @throws QilinException ANALYST_NOT_FOUND, UNSUPPORTED or RECORD_MISMATCH if the settings do not
   *     describe a desk of built-in analysts; RECORD_MISMATCH for a record of an older schema
   */
  public static Optional<Difference> verify(DecisionRecord record, MarketSnapshot snapshot) {
    return verify(record, snapshot, Optional.empty());
  }

  /**
   * Replays a record in whose debate models spoke.
   *
   * @param models clients that play back what was recorded, as {@link
   *     io.qilin.agents.llm.CassetteClient#replay(io.qilin.agents.llm.Cassette,
   *     io.qilin.api.llm.LlmModel, List)} with the record's {@link #uses}
   * @return the first difference; empty if the decision comes out identical
   * @throws QilinException as {@link #verify(DecisionRecord, MarketSnapshot)}
   */
  public static Optional<Difference> verify(
      DecisionRecord record, MarketSnapshot snapshot, DebateModels models) {
    return verify(record, snapshot, Optional.of(models));
  }

  private static Optional<Difference> verify(
      DecisionRecord record, MarketSnapshot snapshot, Optional<DebateModels> models) {
    if (record.schema() < DecisionRecord.SCHEMA) {
      throw new QilinException(
          ErrorCode.RECORD_MISMATCH,
          "a record of schema " + record.schema() + " was made by version " + record.qilin()
              + ", which decided otherwise than this one, " + ResearchDesk.FORMULAS
              + "; replay it with the version that made it");
    }
    return run(record, StandardDesk.of(record.settings(), models), snapshot);
  }

  /** All questions to models of a decision, in order. */
  public static List<ModelUse> uses(DecisionRecord record) {
    return record.deliberations().stream().flatMap(one -> one.uses().stream()).toList();
  }

  /**
   * Replays a record with a given desk. Whether the bars were a kept copy then ({@link
   * DecisionRecord#copyOf}) does not follow from the bars and is taken from the record.
   *
   * @return the first difference; empty if the decision comes out identical
   * @throws QilinException as {@link ResearchDesk#run(MarketSnapshot, java.time.LocalDate)}
   */
  public static Optional<Difference> run(
      DecisionRecord record, ResearchDesk desk, MarketSnapshot snapshot) {
    DecisionRecord replayed = desk.run(snapshot, record.session()).record();
    return difference(record, replayed.withCopyOf(record.copyOf()));
  }

  /**
   * The first difference between two records, in the order of their JSON form; empty if they are
   * identical.
   */
  public static Optional<Difference> difference(DecisionRecord recorded, DecisionRecord replayed) {
    byte[] before = DecisionRecordJson.write(recorded);
    byte[] now = DecisionRecordJson.write(replayed);
    return Arrays.equals(before, now)
        ? Optional.empty()
        : compare(
            "$", JsonTree.parse(before, RecordReader.WHAT), JsonTree.parse(now, RecordReader.WHAT));
  }

  private static Optional<Difference> compare(String path, Object a, Object b) {
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return maps(path, left, right);
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return lists(path, left, right);
    }
    return a.equals(b) ? Optional.empty() : Optional.of(new Difference(path, text(a), text(b)));
  }

  private static Optional<Difference> maps(String path, Map<?, ?> left, Map<?, ?> right) {
    List<Object> names = new java.util.ArrayList<>(left.keySet());
    for (Object name : new TreeSet<>(right.keySet())) {
      if (!left.containsKey(name)) {
        names.add(name);
      }
    }
    for (Object name : names) {
      Object a = left.get(name);
      Object b = right.get(name);
      Optional<Difference> found = a == null || b == null
          ? Optional.of(new Difference(path + "." + name, text(a), text(b)))
          : compare(path + "." + name, a, b);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Difference> lists(String path, List<?> left, List<?> right) {
    for (int k = 0; k < Math.max(left.size(), right.size()); k++) {
      String at = path + "[" + k + "]";
      Optional<Difference> found = k >= left.size() || k >= right.size()
          ? Optional.of(new Difference(
              at,
              text(k < left.size() ? left.get(k) : null),
              text(k < right.size() ? right.get(k) : null)))
          : compare(at, left.get(k), right.get(k));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      return ABSENT;
    }
    String text = value instanceof JsonTree.Numeral number ? number.text() : value.toString();
    return value instanceof JsonTree.Numeral ? text : QilinException.quote(text);
  }
}
